print("pillion-proxy")
