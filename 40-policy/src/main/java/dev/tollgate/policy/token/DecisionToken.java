// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.token;

import dev.tollgate.policy.DecisionId;
import dev.tollgate.policy.OperationAmount;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.SystemId;
import dev.tollgate.terms.TaskId;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a decision token says: which one operation is authorised, for whom, under which policy. A receipt and not a
/// credential: it opens nothing by itself.
///
/// @param id       `jti`; the token is accepted once
/// @param decision the decision behind it, `txn`
/// @param agent    who acts
/// @param actors   the `act` chain (RFC 8693 §4.1), the acting agent first
/// @param user     for whom, `sub`
/// @param task     the run it belongs to
/// @param policy   the bundle that decided
/// @param logIndex where the decision stands in the audit log
/// @param issued   when it was minted
/// @param expires  when it ends, exclusive; 60 s after `issued` at most
/// @param node     the process that minted it for its own connectors, when no other may accept it
/// @param grant    the one operation
public record DecisionToken(
        TokenId id,
        DecisionId decision,
        AgentId agent,
        List<String> actors,
        UserId user,
        TaskId task,
        PolicyVersion policy,
        long logIndex,
        Instant issued,
        Instant expires,
        Optional<String> node,
        Grant grant) {
    /// A token lives no longer than this: long enough for one slow upstream call, too short to be worth stealing.
    public static final Duration LIFE_MAX = Duration.ofSeconds(60);

    public DecisionToken {
        actors = List.copyOf(actors);
        Require.require(issued.isBefore(expires), "a decision token must end after it begins");
        Require.require(
                !issued.plus(LIFE_MAX).isBefore(expires),
                "a decision token lives " + LIFE_MAX.toSeconds() + " s at most");
    }

    /// The one operation that a token authorises, as an RFC 9396 authorization detail.
    ///
    /// @param system      the system it goes to
    /// @param object      the object of the contract
    /// @param record      the one record, when the operation names one
    /// @param verb        what is done
    /// @param fields      the highest view that each fetched field may have
    /// @param amount      the amount of money, when the operation moves one
    /// @param destination where the answer or the change ends
    /// @param operation   digest of the operation's canonical form
    public record Grant(
            SystemId system,
            String object,
            Optional<RecordId> record,
            Verb verb,
            SortedMap<String, View> fields,
            Optional<BigDecimal> amount,
            String destination,
            Digest operation) {
        public Grant {
            fields = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(fields));
        }
    }

    /// What of `presented` this token does not authorise, or nothing when it authorises the operation
    /// exactly. The parts come first only to name what differs; the digest alone binds every byte.
    public Optional<String> mismatch(Operation presented) {
        Operation.Target target = presented.target();
        if (!target.system().equals(grant.system) || !target.object().equals(grant.object)) {
            return Optional.of("it is for another object");
        }
        if (target.verb() != grant.verb) {
            return Optional.of("it is for another verb");
        }
        if (!target.destination().equals(grant.destination)) {
            return Optional.of("it is for another destination");
        }
        if (!presented.recordId().equals(grant.record)) {
            return Optional.of("it is for another record");
        }
        if (!sameAmount(OperationAmount.of(presented), grant.amount)) {
            return Optional.of("it is for another amount");
        }
        return presented.digest().equals(grant.operation)
                ? Optional.empty()
                : Optional.of("it is for another operation");
    }

    /// Whether `principal` is who the token was minted for: the same agent, person and task.
    public boolean heldBy(Principal principal) {
        return principal.agent().equals(agent)
                && principal.user().equals(user)
                && principal.delegation().task().equals(task);
    }

    /// 10 and 10.00 are one amount.
    private static boolean sameAmount(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.isPresent() == other.isPresent()
                && one.flatMap(a -> other.map(a::compareTo)).orElse(0) == 0;
    }
}
