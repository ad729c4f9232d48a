// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.DataClasses;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.gateway.state.Approved;
import dev.tollgate.gateway.state.Assessed;
import dev.tollgate.governance.halt.HaltScope;
import dev.tollgate.governance.halt.HaltScope.Kind;
import dev.tollgate.lineage.Carried;
import dev.tollgate.policy.Resolutions;
import dev.tollgate.secrets.Artifacts;
import dev.tollgate.terms.Digest;
import dev.tollgate.terms.FieldPath;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.RecordId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Puts a document into the message that delivers it (requirements S0-28, S0-29). Its key is released
/// where a policy says `resolve` of the field that it goes into, for this sink and this workflow, and
/// to the task and session that made it; to everybody else it does not exist. What is put in is part of
/// what is inspected, decided and approved. Safe for many threads.
///
/// @param artifacts where documents are kept
public record Enclosed(Artifacts artifacts) {

    /// Who holds what a call makes: the agent for its person, in one workflow, one session and one task.
    static String holder(Principal who) {
        return Digest.of(Value.texts(List.of(
                        who.tenant().value(),
                        who.agent().value(),
                        who.user().value(),
                        who.delegation().workflow().map(id -> id.value()).orElse(""),
                        who.delegation().session().value(),
                        who.delegation().task().value())))
                .text();
    }

    /// The same, and what ends it at once: every kill switch that stops who holds it.
    static List<String> held(Principal who) {
        return List.of(
                holder(who),
                new HaltScope(Kind.AGENT, who.agent().value()).toString(),
                new HaltScope(Kind.AGENT_TYPE, who.agentType()).toString(),
                new HaltScope(Kind.SESSION, who.delegation().session().value()).toString(),
                new HaltScope(Kind.TASK, who.delegation().task().value()).toString(),
                new HaltScope(Kind.USER, who.user().value()).toString(),
                new HaltScope(Kind.TENANT, who.tenant().value()).toString());
    }

    /// A message and what it encloses.
    ///
    /// @param carried what the document is made of; nothing when none is enclosed
    record Filled(Write.Send send, Carried carried) {}

    /// The message with what it encloses. Refuses with `NotFound` when there is no such document for this task, or no
    /// policy releases it here, and `Undecidable`.
    Step<Filled> filled(Assessed assessed, Write.Send asked) {
        Optional<Outlet.Attach> attach = assessed.validated().tool().outlet().flatMap(Outlet::attach);
        Value named = attach.map(one -> asked.values().getOrDefault(one.id(), Value.NULL))
                .orElse(Value.NULL);
        if (attach.isEmpty() || named instanceof Value.Null) {
            return Step.pass(new Filled(asked, Carried.NOTHING));
        }
        Principal who = assessed.who().principal();
        FieldPath field = new FieldPath(asked.target().object(), attach.get().content());
        boolean released = new Resolutions(assessed.who().policy())
                .permits(who, asked.target(), asked.target().system(), field, assessed.situation())
                .isPresent();
        if (!released || !(named instanceof Value.Text(String id))) {
            return Step.refuse(new Refusal.NotFound());
        }
        DataClasses classes = assessed.who().policy().bundle().catalog().classes();
        return artifacts.open(holder(who), id).then(document -> {
            Map<String, Value> values = new TreeMap<>(asked.values());
            values.put(attach.get().content(), Value.of(document.text()));
            return Step.pass(new Filled(asked.with(values), Carried.of(document.labels(), classes)));
        });
    }

    /// The message was taken: what it enclosed is delivered, and nobody opens it again.
    void delivered(Approved approved) {
        Operation operation = approved.decided().operation();
        approved.validated()
                .tool()
                .outlet()
                .flatMap(Outlet::attach)
                .map(attach -> operation.given().getOrDefault(attach.id(), Value.NULL))
                .ifPresent(named -> {
                    if (named instanceof Value.Text(String id)) {
                        artifacts.revoke(holder(approved.who().principal()), new RecordId(id));
                    }
                });
    }
}
