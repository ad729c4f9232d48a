// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.change;

import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Require;
import dev.tollgate.terms.TenantId;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One change of one record as it would be carried out, with the state that it was proposed in. What a
/// person approves and what the journal keeps; two changes with equal `bound` are the same to an approval
/// (requirement B-3).
///
/// @param target        tool, system, object, verb and destination
/// @param record        which record; nothing when the change makes a new one
/// @param before        the touched fields as they are; empty for a new record
/// @param after         the touched fields as they will be; empty for a deletion
/// @param recordVersion the record's version in its system, where it has one
/// @param agent         who proposes it
/// @param user          for whom
/// @param tenant        whose record it is
/// @param policy        the bundle that decided it
/// @param workflow      what the task runs
/// @param reversibility word of the tool's contract: `reversible`, `compensable` or `irreversible`
/// @param untrusted     fields of which the record holds free text, which anybody may have written; people see it
///     marked. What a field will hold is always the agent's proposal
public record Change(
        Operation.Target target,
        Optional<RecordId> record,
        SortedMap<String, Value> before,
        SortedMap<String, Value> after,
        Optional<String> recordVersion,
        AgentId agent,
        UserId user,
        TenantId tenant,
        PolicyVersion policy,
        Optional<WorkflowId> workflow,
        String reversibility,
        SortedSet<String> untrusted) {
    /// Canonical bytes of a change that people can still be shown whole. A larger one is refused, never
    /// cut.
    public static final int BYTES_MAX = 256 * 1024;

    public Change {
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
        after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
        untrusted = Collections.unmodifiableSortedSet(new TreeSet<>(untrusted));
        Require.require(!reversibility.isBlank(), "a change says whether it can be undone");
    }

    /// The digest of what is done: tool, record, every field before and after, destination. What a person
    /// signs.
    public Digest digest() {
        Map<String, Value> values = call();
        values.put("before", typed(before));
        values.put("after", typed(after));
        return Digest.of(new Value.Fields(values));
    }

    /// The digest of all that an approval covers: what is done, in which state of the record, under which
    /// policy, by whom and for whom.
    public Digest bound() {
        Map<String, Value> values = new TreeMap<>(who());
        values.put("digest", Value.of(digest().text()));
        values.put("version", recordVersion.map(Value::of).orElse(Value.NULL));
        values.put("policy", Value.of(policy.value()));
        return Digest.of(new Value.Fields(values));
    }

    /// The digest of who calls what on which fields of which record, whatever the values are: two changes
    /// with equal keys are the same call, of which at most one is still meant.
    public Digest callKey() {
        Map<String, Value> values = call();
        values.putAll(who());
        values.put("fields", Value.texts(after.keySet()));
        // A new record has no identity yet: two proposals of new records are two calls.
        values.put("new", record.isEmpty() ? typed(after) : Value.NULL);
        return Digest.of(new Value.Fields(values));
    }

    /// Canonical bytes of the whole change.
    public int bytes() {
        return CanonicalJson.bytes(ChangeText.value(this)).length;
    }

    private Map<String, Value> call() {
        Map<String, Value> values = new TreeMap<>();
        values.put("tool", Value.of(target.tool().value()));
        values.put("system", Value.of(target.system().value()));
        values.put("object", Value.of(target.object()));
        values.put("verb", Value.of(target.verb().word()));
        values.put("destination", Value.of(target.destination()));
        values.put("record", record.map(id -> Value.of(id.value())).orElse(Value.NULL));
        return values;
    }

    private Map<String, Value> who() {
        return Map.of(
                "agent", Value.of(agent.value()), "user", Value.of(user.value()), "tenant", Value.of(tenant.value()));
    }

    private static Value typed(SortedMap<String, Value> fields) {
        return ChangeText.typed(new Value.Fields(fields));
    }
}
