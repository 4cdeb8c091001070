# Open House, the English texts.
product-name = Open House
