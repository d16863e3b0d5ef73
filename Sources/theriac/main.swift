print("theriac")
