import ProxyConfiguration

extension ProxyOptions {
    /// An address that may be given as a port alone, on `host`; nil when the setting is absent.
    func address(_ setting: Setting, host: String) throws(UsageError) -> NetworkAddress? {
        guard let text = self[setting] else { return nil }
        if let port = UInt16(text) { return NetworkAddress(host: host, port: port) }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw UsageError(reason: "--\(setting.rawValue) \"\(text)\" is neither a port nor ADDRESS:PORT")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        return NetworkAddress(host: host.isEmpty ? "::" : host, port: port)
    }

    /// Where an operations port listens: as the flag says, else at `standard`; nil when the port is 0.
    func operations(_ setting: Setting, standard: NetworkAddress) throws(UsageError) -> NetworkAddress? {
        let address = try address(setting, host: standard.host) ?? standard
        return address.port == 0 ? nil : address
    }

    /// The number of event loops: as the flag says, else one per allowed processor, at most two.
    func loops(allowed: Int) throws(UsageError) -> Int {
        guard let text = self[.concurrency] else { return min(max(1, allowed), 2) }
        guard let number = Int(text), 1...64 ~= number else {
            throw UsageError(reason: "--concurrency \"\(text)\" is not a number from 1 to 64")
        }
        return number
    }

    /// A share from 0 to 1; 0 when it is absent.
    func share(_ setting: Setting) throws(UsageError) -> Double {
        guard let text = self[setting] else { return 0 }
        guard let share = Double(text), (0...1).contains(share) else {
            throw UsageError(reason: "--\(setting.rawValue) \"\(text)\" is not a number from 0 to 1")
        }
        return share
    }

    /// The grace period: seconds, with or without `s`.
    func graceSeconds() throws(UsageError) -> Int? {
        guard let text = self[.gracePeriod] else { return nil }
        guard let seconds = Int(text.hasSuffix("s") ? String(text.dropLast()) : text), 1...86_400 ~= seconds else {
            throw UsageError(reason: "--grace-period \"\(text)\" is not a number of seconds, such as 30s")
        }
        return seconds
    }
}
