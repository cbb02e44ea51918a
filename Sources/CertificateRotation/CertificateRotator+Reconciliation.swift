import JSON
import KubernetesAPI
import OpenSSL
import ServerTLS
import Synchronization

extension CertificateRotator {
    /// What a look came to.
    enum Outcome: Sendable, Equatable {
        /// The Secret was changed, by this replica or another: look again.
        case changed
        /// All is as it should be until this moment, in seconds since 1970.
        case settled(Int64)
        /// Something could not be done; try again.
        case failed
    }

    /// What was read of the webhook configurations.
    private struct Publication {
        var entries: [(object: ObjectReference, entries: WebhookEntries)] = []
        var isKnown = true

        /// How many configurations are there and call the Service.
        var count: Int { entries.count { !$0.entries.entries.isEmpty } }

        /// The fingerprints that every entry trusts.
        func trusted(of certificates: [Certificate]) -> Set<String> {
            Set(certificates.map(\.fingerprint).filter { name in entries.allSatisfy { $0.entries.trusts(name) } })
        }

        /// The authorities that some entry trusts, once each.
        var authorities: [Certificate] {
            entries.flatMap { $0.entries.entries.flatMap(\.authorities) }
        }
    }

    /// Looks at everything once and takes one step.
    func reconcile() async -> Outcome {
        // Configurations first: what is published below is then at least as new as what they were read with.
        let publication = await readPublication()
        let outcome: Outcome
        do throws(KubernetesAPIError) {
            outcome = try await step(try await client.get(settings.secret), publication)
        } catch {
            if error.code == .conflict {
                report(.overtaken)
                return .changed
            }
            report(.failed(error))
            outcome = .failed
        }
        memory.withLock { $0.finish(isSuccess: outcome != .failed) }
        return outcome
    }

    private func readPublication() async -> Publication {
        var publication = Publication()
        for object in settings.configurations {
            do throws(KubernetesAPIError) {
                let entries = WebhookEntries(configuration: try await client.get(object), service: settings.service)
                publication.entries.append((object, entries))
                if entries.entries.isEmpty {
                    let service = "\(settings.service.namespace)/\(settings.service.name)"
                    report(.unpublished(object, reason: "has no webhook that calls the Service \(service)"))
                }
            } catch {
                guard error.code == .notFound else {
                    publication.isKnown = false
                    report(.failed(error))
                    continue
                }
                // Whoever makes it later is seen by the watch.
                report(.unpublished(object, reason: "is not there"))
            }
        }
        return publication
    }

    private func step(_ secret: JSONValue, _ publication: Publication) async throws(KubernetesAPIError) -> Outcome {
        let stored = StoredCertificates(secret: secret)
        let facts = observe(stored, publication)
        let plan = planner.plan(facts)
        if planner.isClockBehind(facts) { report(.clockBehind) }
        let isServed = !plan.serves || serve(stored)
        if let change = plan.change {
            guard let value = content(after: change, stored, publication, secret, now: facts.now) else {
                return .failed
            }
            try await client.update(settings.secret, to: value)
            report(.changed(change))
            return .changed
        }
        let isPublished = await publish(stored, publication)
        return isServed && isPublished && publication.isKnown ? .settled(plan.wakeAt) : .failed
    }

    /// Remembers who is trusted since when, and states the facts.
    private func observe(_ stored: StoredCertificates, _ publication: Publication) -> RotationFacts {
        let time = now()
        let trusted = publication.trusted(of: stored.trusted)
        var facts = stored.facts(names: settings.names, now: time)
        facts.isPublicationKnown = publication.isKnown
        memory.withLock { memory in
            memory.observe(
                trusted: trusted,
                isKnown: publication.isKnown,
                isComplete: publication.count == settings.configurations.count,
                now: time
            )
            facts.trustedSince = memory.trustedSince
            facts.held = memory.held?.heldFacts(names: settings.names)
        }
        return facts
    }

    /// The Secret after a change; nil, and reported, when OpenSSL cannot make it.
    private func content(
        after change: RotationPlan.Change,
        _ stored: StoredCertificates,
        _ publication: Publication,
        _ secret: JSONValue,
        now: Int64
    ) -> JSONValue? {
        do throws(OpenSSLError) {
            let held = memory.withLock { $0.held }
            let published = publication.authorities
            return try issuer.apply(change, to: stored, held: held, published: published, now: now).written(
                into: secret
            )
        } catch {
            report(.unusable(error))
            return nil
        }
    }

    /// Uses the serving certificate for new connections; false, and reported, when that cannot be.
    private func serve(_ stored: StoredCertificates) -> Bool {
        guard let pair = stored.serving else { return true }
        do throws(OpenSSLError) {
            let wanted = try configuration(CertificateChain(leaf: pair.certificate), pair.key)
            let isInUse = contexts.configuration.map {
                $0.chain == wanted.chain && $0.clientAuthorities == wanted.clientAuthorities
                    && $0.revocationLists == wanted.revocationLists
            }
            if isInUse != true { try contexts.install(wanted) }
            memory.withLock { $0.status.revocationNextUpdate = wanted.revocationLists.compactMap(\.nextUpdate).min() }
        } catch {
            report(.unusable(error))
            return false
        }
        if memory.withLock({ $0.hold(stored) }) {
            let certificate = pair.certificate
            report(.serving(fingerprint: certificate.fingerprint, notAfter: certificate.notAfter))
        }
        return true
    }

    /// Makes every configuration trust what the Secret says; false when one cannot be changed.
    private func publish(
        _ stored: StoredCertificates,
        _ publication: Publication
    ) async -> Bool {
        var isComplete = true
        for (object, entries) in publication.entries {
            do throws(OpenSSLError) {
                guard let patch = try entries.patch(trusting: stored.trusted) else { continue }
                isComplete = await apply(patch, to: object) && isComplete
            } catch {
                report(.unusable(error))
                isComplete = false
            }
        }
        return isComplete
    }

    private func apply(_ patch: JSONPatch, to object: ObjectReference) async -> Bool {
        do throws(KubernetesAPIError) {
            try await client.patch(object, patch)
            report(.published(object))
            return true
        } catch {
            // Of another version by now: the watch that says so leads to the next look.
            report(error.code == .conflict ? .overtaken : .failed(error))
            return false
        }
    }
}
