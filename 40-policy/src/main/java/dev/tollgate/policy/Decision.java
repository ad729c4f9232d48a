// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RowRule;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// What policy says of one operation: for the whole, and for each field.
///
/// @param id          names the decision everywhere
/// @param version     the digest of the bundle that decided
/// @param at          when
/// @param outcome     of the whole operation
/// @param reason      category of the outcome's reason
/// @param verdicts    by field name: every touched and requested field and always the object's id field
/// @param idField     the object's id field; a row in which it is withheld is not shown at all
/// @param rules       conditions that every row must meet, to be pushed into the query
/// @param fetch       fields that some row may show; nothing else is asked of the system (requirement S0-18)
/// @param perRow      some view depends on the row: `forRow` must decide before a row is shown
/// @param determining what determined the outcome; never empty
/// @param refusal     why not, unless the outcome is `PERMIT`
/// @param need        evidence that would make it a permit
/// @param rows        decides again for one row
public record Decision(
        DecisionId id,
        PolicyVersion version,
        Instant at,
        Outcome outcome,
        Reason reason,
        SortedMap<String, FieldVerdict> verdicts,
        String idField,
        List<RowRule> rules,
        Set<String> fetch,
        boolean perRow,
        List<RuleId> determining,
        Optional<Refusal> refusal,
        Need need,
        Rows rows) {
    public Decision {
        verdicts = Collections.unmodifiableSortedMap(new TreeMap<>(verdicts));
        rules = List.copyOf(rules);
        fetch = Collections.unmodifiableSortedSet(new TreeSet<>(fetch));
        determining = List.copyOf(determining);
    }

    /// Evidence that is missing.
    ///
    /// @param approvers how many different people must approve; 0 when nobody must
    /// @param stepUp    somebody must prove presence again
    public record Need(int approvers, boolean stepUp) {
        /// Nothing is missing, or nothing would help.
        public static final Need NONE = new Need(0, false);
    }

    /// Decides the fields of one row. Safe for many threads.
    public interface Rows {
        /// The verdict of every decided field for a row with these facts, and of `unknownFields`, which
        /// the system returned and no contract knows.
        SortedMap<String, FieldVerdict> decide(Map<Fact, Value> facts, Set<String> unknownFields);
    }

    /// Whether the operation may go on.
    public boolean permits() {
        return outcome == Outcome.PERMIT;
    }

    /// The exact verdict of each field for a row whose facts are known. A fact that is missing is absent.
    public SortedMap<String, FieldVerdict> forRow(Map<Fact, Value> facts, Set<String> unknownFields) {
        return rows.decide(facts, unknownFields);
    }

    /// Facts and rules stay out: a value of a rule can be an account id.
    @Override
    public String toString() {
        return "Decision[" + id + " " + outcome.word() + " " + reason.word() + "]";
    }
}
