import Spelling

extension LogOperator {
    /// Makes the operator that a name and an argument stand for.
    ///
    /// - Parameters:
    ///   - name: What stands after the `%`.
    ///   - argument: What stands in parentheses, or nil without them.
    ///   - location: Where the operator begins.
    ///   - fields: The table that headers are entered in.
    ///   - environment: What is looked up now.
    /// - Throws: `LogFormatError`, when there is no such operator or its argument is wrong.
    init(
        _ name: String,
        _ argument: [UInt8]?,
        at location: Int,
        _ fields: inout LogFields,
        _ environment: LogEnvironment
    ) throws(LogFormatError) {
        if let plain = Self.plain[name] {
            guard argument == nil else {
                throw LogFormatError(.argument, "%\(name)% takes no argument; leave the parentheses out", at: location)
            }
            self = plain
            return
        }
        if let moment = Self.moments[name] {
            let isStandard = argument?.isEmpty ?? true
            // The argument begins behind `%START_TIME(`.
            let format = isStandard ? .standard : try TimeFormat(argument ?? [], at: location + name.utf8.count + 2)
            self = .moment(moment, format)
            return
        }
        switch name {
        case "HOSTNAME": self = .constant(environment.hostname)
        case "REQ": self = .header(try Self.slots(.request, name, argument, location, &fields), withoutQuery: false)
        case "REQ_WITHOUT_QUERY":
            self = .header(try Self.slots(.request, name, argument, location, &fields), withoutQuery: true)
        case "RESP": self = .header(try Self.slots(.response, name, argument, location, &fields), withoutQuery: false)
        case "TRAILER": self = .header(try Self.slots(.trailer, name, argument, location, &fields), withoutQuery: false)
        case "GRPC_STATUS": self = .grpcStatus(try Self.grpcFormat(argument, location))
        case "ENVIRONMENT":
            guard let argument, !argument.isEmpty else {
                throw LogFormatError(.argument, "%ENVIRONMENT(NAME)% needs the name of a variable", at: location)
            }
            self = .constant(environment.variable(String(decoding: argument, as: UTF8.self)) ?? "")
        default:
            let hint = NearestName.nearest(to: name, among: Self.allNames).map { "; did you mean %\($0)%?" } ?? ""
            throw LogFormatError(.unknownOperator, "there is no operator %\(name)%\(hint)", at: location)
        }
    }

    /// The slots of `X` or `X?Y`.
    private static func slots(
        _ side: LogFields.Side,
        _ name: String,
        _ argument: [UInt8]?,
        _ location: Int,
        _ fields: inout LogFields
    ) throws(LogFormatError) -> [Int] {
        let names = argument?.split(separator: UInt8(ascii: "?"), omittingEmptySubsequences: false) ?? []
        guard (1...2).contains(names.count), names.allSatisfy({ isHeaderName($0) }) else {
            throw LogFormatError(
                .argument,
                "%\(name)(X?Y)% needs the name of a header, and perhaps that of another to take in its place",
                at: location
            )
        }
        var slots: [Int] = []
        for header in names {
            guard let slot = fields.slot(side, Array(header)) else {
                throw LogFormatError(.limit, "the formats ask for more than 256 headers; ask for fewer", at: location)
            }
            slots.append(slot)
        }
        return slots
    }

    /// Whether `name` is a token (RFC 9110 section 5.6.2), perhaps with the colon that HTTP/2 puts before its own.
    private static func isHeaderName(_ name: ArraySlice<UInt8>) -> Bool {
        let token = name.first == UInt8(ascii: ":") ? name.dropFirst() : name
        return !token.isEmpty
            && token.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E, 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E: true
                default: false
                }
            }
    }

    private static func grpcFormat(_ argument: [UInt8]?, _ location: Int) throws(LogFormatError) -> GRPCStatusFormat {
        switch String(decoding: argument ?? [], as: UTF8.self) {
        case "", "CAMEL_STRING": .camel
        case "SNAKE_STRING": .snake
        case "NUMBER": .number
        default:
            throw LogFormatError(
                .argument,
                "%GRPC_STATUS()% takes CAMEL_STRING, SNAKE_STRING or NUMBER",
                at: location
            )
        }
    }
}
