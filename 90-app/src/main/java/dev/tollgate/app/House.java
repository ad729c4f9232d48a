// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.AuditLog;
import dev.tollgate.catalog.HmacCursorSeal;
import dev.tollgate.containment.Budgets;
import dev.tollgate.containment.Risk;
import dev.tollgate.gateway.stage.Addressees;
import dev.tollgate.gateway.stage.Approve;
import dev.tollgate.gateway.stage.Assess;
import dev.tollgate.gateway.stage.Authenticate;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Decide;
import dev.tollgate.gateway.stage.Enclosed;
import dev.tollgate.gateway.stage.Examine;
import dev.tollgate.gateway.stage.Exceptions;
import dev.tollgate.gateway.stage.Execute;
import dev.tollgate.gateway.stage.Inspect;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.stage.Messages;
import dev.tollgate.gateway.stage.Probes;
import dev.tollgate.gateway.stage.Readings;
import dev.tollgate.gateway.stage.Record;
import dev.tollgate.gateway.stage.Redact;
import dev.tollgate.gateway.stage.Remembering;
import dev.tollgate.gateway.stage.Replied;
import dev.tollgate.gateway.stage.Screen;
import dev.tollgate.gateway.stage.Shared;
import dev.tollgate.gateway.stage.Steps;
import dev.tollgate.gateway.stage.Validate;
import dev.tollgate.gateway.stage.Verify;
import dev.tollgate.gateway.stage.Warrants;
import dev.tollgate.gateway.way.Gateway;
import dev.tollgate.gateway.way.Refusals;
import dev.tollgate.gateway.way.Repeats;
import dev.tollgate.gateway.way.TollgateFront;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.Spotlight;
import dev.tollgate.inspection.outbound.Fingerprints;
import dev.tollgate.lineage.FlowMemory;
import dev.tollgate.policy.token.StoreTokenLedger;
import dev.tollgate.policy.token.TokenCheck;
import dev.tollgate.policy.token.TokenMint;
import dev.tollgate.store.SingleUse;
import dev.tollgate.terms.RequestId;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/// All wiring of the gateway, by hand, in the order of the rooms.
final class House {
    private static final int ID_BYTES = 16;

    private House() {}

    /// The front of the gateway, over opened foundations.
    static TollgateFront front(
            Foundations base,
            AuditLog log,
            Systems systems,
            Oversight people,
            Memories memories,
            Bearers bearers,
            Contain contain,
            CompletableFuture<Inspector> inspector) {
        Budgets budgets = memories.budgets();
        FlowMemory flow = memories.flow();
        Warrants warrants = new Warrants(memories.heard());
        Steps steps = new Steps(memories.fulfilments());
        Journal journal = new Journal(log, base.clock());
        Exceptions exceptions = new Exceptions(people);
        Risk risk = new Risk(base.store(), base.clock());
        Probes probes = new Probes(risk);
        Enclosed enclosed = new Enclosed(memories.artifacts());
        Remembering remembering = new Remembering(memories.prints(), recognised(base));
        TokenMint mint = new TokenMint(
                base.keys().token(),
                Foundations.ISSUER,
                base.clock(),
                base.random(),
                base.tokens().node());
        Readings readings = new Readings(journal, mint, systems::connector);
        Screen screen = new Screen(inspector);
        Gateway gateway = new Gateway(
                new Authenticate(bearers.possession(), base.bundles()),
                new Validate(
                        (who, version) -> new HmacCursorSeal(base.keys().cursor(), who, version, base.clock()),
                        systems::connector),
                contain,
                new Assess(risk, new Verify(budgets, people, base.clock()), flow, warrants, steps, base.clock()),
                new Examine(
                        readings,
                        new Shared(readings, screen),
                        new Replied(readings),
                        enclosed,
                        new Addressees(readings, budgets, memories.handles()),
                        new Messages(
                                inspector,
                                recognised(base),
                                readings,
                                base.configuration().review().open(base.secrets()),
                                remembering)),
                new Decide(journal, people, exceptions),
                new Approve(mint, check(base), people),
                new Execute(systems::connector, people, enclosed),
                new Redact(
                        (who, version) -> new HmacCursorSeal(base.keys().cursor(), who, version, base.clock()),
                        memories.handles()),
                new Inspect(budgets, screen, flow, remembering, warrants, steps, probes, new Spotlight(base.random())),
                new Record(journal),
                new Repeats(journal, people),
                new Refusals(journal, risk, exceptions, contain, probes));
        return new TollgateFront(gateway, journal, people, base.clock(), () -> new RequestId(randomId(base)));
    }

    /// Made on a thread of its own, beside the rest.
    static CompletableFuture<Inspector> inspector() {
        return CompletableFuture.supplyAsync(
                Inspector::new,
                task -> Thread.ofPlatform().daemon().name("inspection").start(task));
    }

    /// Recognises values that were withheld: the key says nothing of any other purpose.
    private static Fingerprints recognised(Foundations base) {
        return new Fingerprints(java.util.Arrays.copyOf(base.keys().prints().getEncoded(), Fingerprints.KEY_BYTES));
    }

    /// Checks decision tokens, in front of the systems.
    static TokenCheck check(Foundations base) {
        return new TokenCheck(
                base.keys().tokens(), new StoreTokenLedger(new SingleUse(base.store())), base.tokens(), base.clock());
    }

    private static String randomId(Foundations base) {
        byte[] bytes = new byte[ID_BYTES];
        base.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
