# Open House, de Nederlandse teksten. B1, "u", kort, zeg wat de lezer kan doen.
product-name = Open House
