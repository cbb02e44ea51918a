print("pillion")
