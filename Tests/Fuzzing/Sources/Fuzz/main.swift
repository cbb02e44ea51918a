import CFuzzer
import Foundation

// Fuzz TARGET [libFuzzer's options and folders]     fuzzes, or runs the given files
// Fuzz TARGET --leaks FOLDER...                      runs every file many times and compares the memory in use
// Fuzz --list                                        prints the names of the targets

if CommandLine.arguments.dropFirst().first == "--list" {
    FuzzTargets.all.forEach { print($0.name) }
    exit(0)
}
guard let target = FuzzTargets.chosen else {
    FileHandle.standardError.write(Data("usage: Fuzz TARGET [--leaks FOLDER... | libFuzzer's options]\n".utf8))
    exit(64)
}
if CommandLine.arguments.dropFirst(2).first == "--leaks" {
    exit(try LeakCheck(target, folders: Array(CommandLine.arguments.dropFirst(3))).run() ? 0 : 1)
}

// libFuzzer sees its own arguments only, behind the program's name. It keeps the pointers for as long as it runs.
var arguments: [UnsafeMutablePointer<CChar>?] =
    ([CommandLine.arguments[0]] + CommandLine.arguments.dropFirst(2)).map { strdup($0) } + [nil]
var count = Int32(arguments.count - 1)
exit(
    arguments.withUnsafeMutableBufferPointer { buffer in
        var start = buffer.baseAddress
        return LLVMFuzzerRunDriver(&count, &start) { data, size in
            FuzzTargets.chosen?.run([UInt8](UnsafeBufferPointer(start: data, count: size)))
            return 0
        }
    }
)
