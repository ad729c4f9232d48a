// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.audit;

import dev.tollgate.terms.Operation;
import dev.tollgate.terms.PolicyVersion;
import dev.tollgate.terms.TokenId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a decision token authorised, word for word, and what became of it (requirements S3-7, S3-14).
/// The record that it names is personal: it is in the call.
///
/// @param id        its `jti`
/// @param issued    when
/// @param expires   until when, exclusive
/// @param target    where and what
/// @param fields    the view of each field that it permits
/// @param amount    the amount that it permits
/// @param policy    the bundle that it rests on
/// @param presented the agent brought it, rather than the gateway for it
/// @param accepted  when the connector took it; nothing when it did not, or was never shown it
public record Token(
        TokenId id,
        Instant issued,
        Instant expires,
        Operation.Target target,
        SortedMap<String, View> fields,
        Optional<BigDecimal> amount,
        PolicyVersion policy,
        boolean presented,
        Optional<Instant> accepted) {
    public Token {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    Value.Fields form() {
        Map<String, Value> views = new TreeMap<>();
        fields.forEach((field, view) -> views.put(field, Value.of(view.word())));
        return new Members()
                .put("id", id.value())
                .put("issued", new Value.Moment(issued))
                .put("expires", new Value.Moment(expires))
                .put("system", target.system().value())
                .put("object", target.object())
                .put("tool", target.tool().value())
                .put("verb", target.verb().word())
                .put("destination", target.destination())
                .put("fields", new Value.Fields(views))
                .put("amount", amount.map(BigDecimal::toPlainString))
                .put("policy", policy.value())
                .put("presented", Value.of(presented))
                .put("accepted", Value.of(accepted.isPresent()))
                .put("accepted_at", accepted.map(Instant::toString))
                .fields();
    }
}
