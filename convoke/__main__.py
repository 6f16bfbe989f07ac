from convoke.cli import main

main()
