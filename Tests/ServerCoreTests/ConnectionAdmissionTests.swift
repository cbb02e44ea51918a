import Testing

@testable import ServerCore

@Suite("ConnectionAdmission")
struct ConnectionAdmissionTests {
    private func make(total: Int, perSource: Int?) -> (ConnectionAdmission, ConnectionCounters) {
        let counters = ConnectionCounters()
        let limits = ConnectionLimits(total: total, perSource: perSource)
        return (ConnectionAdmission(limits: limits, counters: counters), counters)
    }

    @Test("the total is kept, and a place given back can be taken again")
    func total() {
        let (admission, counters) = make(total: 2, perSource: nil)
        #expect(admission.admit("a") == .admitted)
        #expect(admission.admit("b") == .admitted)
        #expect(admission.admit("c") == .overTotal)
        #expect(counters.active == 2)
        admission.release("a")
        #expect(admission.admit("c") == .admitted)
        #expect(counters.accepted == 3)
        #expect(counters.rejectedOverTotal == 1)
    }

    @Test("one source cannot take the places of the others")
    func perSource() {
        let (admission, counters) = make(total: 10, perSource: 2)
        #expect(admission.admit("a") == .admitted)
        #expect(admission.admit("a") == .admitted)
        #expect(admission.admit("a") == .overSource)
        #expect(admission.admit("b") == .admitted)
        #expect(counters.active == 3)
        #expect(counters.rejectedOverSource == 1)
        admission.release("a")
        #expect(admission.admit("a") == .admitted)
    }

    @Test("sources without connections are forgotten")
    func forgets() {
        let (admission, counters) = make(total: 10, perSource: 5)
        for number in 0..<1_000 {
            #expect(admission.admit("\(number)") == .admitted)
            admission.release("\(number)")
        }
        #expect(admission.sourceCount == 0)
        #expect(counters.active == 0)
    }

    @Test("a connection whose source is unknown counts in total alone")
    func unknownSource() {
        let (admission, _) = make(total: 2, perSource: 1)
        #expect(admission.admit(nil) == .admitted)
        #expect(admission.admit(nil) == .admitted)
        #expect(admission.admit(nil) == .overTotal)
    }
}
