// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy;

import dev.tollgate.cedar.CedarValue;
import dev.tollgate.cedar.Entity;
import dev.tollgate.cedar.EntityUid;
import dev.tollgate.cedar.Rec;
import dev.tollgate.policy.bundle.Destination;
import dev.tollgate.policy.bundle.Limit;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one operation looks like to Cedar: the agent as an entity, and the context without view and
/// row, encoded once and shared by every field.
final class Contexts {
    private static final int DECIMAL_PLACES = 4;

    private Contexts() {}

    static Entity agent(Principal who) {
        Map<String, CedarValue> attrs = new HashMap<>();
        attrs.put("tier", new CedarValue.Int(who.tier()));
        attrs.put("zone", text(who.zone()));
        attrs.put("tenant", text(who.tenant().value()));
        attrs.put("type", text(who.agentType()));
        who.region().ifPresent(region -> attrs.put("region", text(region)));
        return Entity.of(
                EntityUid.of("Agent", who.agent().value()),
                Rec.of(attrs),
                List.of(EntityUid.of("Agents", who.agentType())));
    }

    /// The context but for `now`, `view` and `row`.
    static Rec shared(
            Frame frame,
            Situation situation,
            Evidence evidence,
            Collection<Limit> limits,
            Optional<BigDecimal> amount) {
        Principal who = frame.who();
        Map<String, CedarValue> context = new HashMap<>();
        context.put("intent", text(frame.workflow().intent()));
        context.put("workflow", text(frame.workflow().id().value()));
        context.put("purpose", text(frame.workflow().purpose()));
        context.put("tool", text(frame.tool().name().value()));
        context.put("destination", destination(frame.destination()));
        context.put("user", user(frame));
        context.put(
                "risk",
                Rec.of(Map.of(
                        "level",
                        text(situation.risk().level().word()),
                        "score",
                        new CedarValue.Int(situation.risk().score()))));
        context.put(
                "carried",
                texts(situation.carried().classes().stream()
                        .map(Object::toString)
                        .toList()));
        context.put("integrity", text(situation.carried().integrity().word()));
        context.put("completed", texts(situation.task().completed()));
        frame.workflow().step().ifPresent(step -> context.put("step", text(step.id())));
        context.put("limits", limits(limits, situation));
        who.delegation().customer().ifPresent(customer -> context.put("customer", text(customer)));
        situation.customerTier().ifPresent(tier -> context.put("customerTier", text(tier)));
        situation.warrant().ifPresent(warrant -> context.put("request", request(warrant)));
        amount.flatMap(Contexts::decimal).ifPresent(units -> context.put("amount", units));
        evidence.approval()
                .ifPresent(approval -> context.put(
                        "approval",
                        Rec.of(Map.of(
                                "age", age(situation, approval.at()),
                                "approver", text(approval.approver()),
                                "count", new CedarValue.Int(approval.count())))));
        evidence.stepUp()
                .ifPresent(stepUp -> context.put(
                        "stepUp", Rec.of(Map.of("age", age(situation, stepUp.at()), "method", text(stepUp.method())))));
        return Rec.of(context);
    }

    private static Rec request(Warrant warrant) {
        return Rec.of(Map.of(
                "effect", text(warrant.effect()),
                "asked", CedarValue.Bool.of(warrant.asked()),
                "answers", CedarValue.Bool.of(warrant.answers()),
                "destination", text(warrant.destination()),
                "values", text(warrant.values()),
                "content", text(warrant.content()),
                "sensitive", CedarValue.Bool.of(warrant.sensitive())));
    }

    /// The moment as policies read it.
    static CedarValue now(Situation situation) {
        return new CedarValue.Datetime(situation.now().toEpochMilli());
    }

    static Rec with(Rec shared, View view, Rec row) {
        return shared.with("row", row).with("view", text(view.word()));
    }

    /// The context of a message: who receives it, and what was found in it.
    static Rec sending(Rec context, Outgoing outgoing) {
        Outgoing.Recipients recipients = outgoing.recipients();
        return context.with(
                        "recipient",
                        Rec.of(Map.of(
                                "onFile", CedarValue.Bool.of(recipients.onFile()),
                                "internal", CedarValue.Bool.of(recipients.internal()),
                                "newDomain", CedarValue.Bool.of(recipients.newDomain()))))
                .with("findings", texts(outgoing.findings().keySet()));
    }

    /// An amount as Cedar counts it, or nothing when it is finer or larger than Cedar can say: policies
    /// that need it then do not hold.
    static Optional<CedarValue> decimal(BigDecimal amount) {
        try {
            return Optional.of(
                    new CedarValue.Decimal(amount.movePointRight(DECIMAL_PLACES).longValueExact()));
        } catch (ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static Rec limits(Collection<Limit> limits, Situation situation) {
        Map<String, CedarValue> inForce = new HashMap<>();
        for (Limit limit : limits) {
            limit.at(situation.now())
                    .flatMap(value -> switch (limit.type()) {
                        case DECIMAL -> decimal(value);
                        case LONG -> Optional.<CedarValue>of(new CedarValue.Int(value.longValueExact()));
                    })
                    .ifPresent(value -> inForce.put(limit.name(), value));
        }
        return Rec.of(inForce);
    }

    private static Rec user(Frame frame) {
        Principal who = frame.who();
        Map<String, CedarValue> user = new HashMap<>();
        user.put("id", text(who.user().value()));
        user.put("roles", texts(who.roles()));
        user.put("audiences", texts(who.audiences()));
        user.put("tenant", text(who.tenant().value()));
        String account = who.accounts().get(frame.contract().system());
        if (account != null) {
            user.put("account", text(account));
        }
        return Rec.of(user);
    }

    private static Rec destination(Destination end) {
        return Rec.of(Map.of(
                "name", text(end.name()),
                "kind", text(end.kind()),
                "zone", text(end.zone()),
                "trust", text(end.trust())));
    }

    private static CedarValue.Duration age(Situation situation, java.time.Instant at) {
        return new CedarValue.Duration(situation.now().toEpochMilli() - at.toEpochMilli());
    }

    private static CedarValue.Set texts(Collection<String> words) {
        List<CedarValue> values = new ArrayList<>(words.size());
        words.forEach(word -> values.add(text(word)));
        return CedarValue.Set.of(values);
    }

    private static CedarValue.Str text(String word) {
        return new CedarValue.Str(word);
    }
}
