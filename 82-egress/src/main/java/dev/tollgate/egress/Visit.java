// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.containment.Charge;
import dev.tollgate.containment.Meter;
import dev.tollgate.containment.Reservation;
import dev.tollgate.egress.Identify.Known;
import dev.tollgate.egress.wire.Asked;
import dev.tollgate.egress.wire.HeadReader;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection from its first byte to its last entry in the log. The order is the law: read, identify, stopped?,
/// budget, zone, record, and only then is a name looked up and anything connected.
final class Visit implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Link link;
    private final EgressLimits limits;
    private final Needs needs;
    private final Ledger ledger;
    private final Links links;

    Visit(Link link, EgressLimits limits, Needs needs, Ledger ledger, Links links) {
        this.link = link;
        this.limits = limits;
        this.needs = needs;
        this.ledger = ledger;
        this.links = links;
    }

    @Override
    public void run() {
        try {
            read(new BufferedInputStream(link.client().getInputStream(), BUFFER_BYTES));
        } catch (IOException _) {
            link.end(Link.End.BROKEN);
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("requestId", link.id())
                    .addKeyValue("kind", bug.getClass().getName())
                    .log("a connection failed");
        } finally {
            link.end(Link.End.CLOSED);
            links.remove(link);
        }
    }

    private void read(InputStream in) throws IOException {
        switch (HeadReader.read(in, limits.headBytesMax())) {
            case HeadReader.Read.Gone _ -> {}
            case HeadReader.Read.TooLong _ ->
                malformed(Optional.empty(), "a head has at most " + limits.headBytesMax() + " bytes");
            case HeadReader.Read.Bad bad -> malformed(Optional.empty(), bad.why());
            case HeadReader.Read.Head head -> {
                Step<Known> known = new Identify(needs.callers(), needs.bundles()).of(head.fields());
                switch (Asked.of(head)) {
                    case Asked.Reading.Unclear unclear -> malformed(who(known), unclear.why());
                    case Asked.Reading.Clear(Asked asked) -> identified(known, asked, in);
                }
            }
        }
    }

    private static Optional<Principal> who(Step<Known> known) {
        return known instanceof Step.Passed<Known> passed
                ? Optional.of(passed.state().who())
                : Optional.empty();
    }

    private void malformed(Optional<Principal> who, String why) throws IOException {
        who.ifPresent(one -> needs.risk().observe(one.agent(), true));
        refuse(who, new Refusal.Malformed(List.of(why)));
    }

    private void identified(Step<Known> known, Asked asked, InputStream in) throws IOException {
        switch (known) {
            case Step.Refused<Known> refused -> refuse(Optional.empty(), refused.why());
            case Step.Passed<Known>(Known caller) -> {
                if (!links.take(caller.who().agent())) {
                    refuse(Optional.of(caller.who()), new Refusal.Busy(BUSY));
                    return;
                }
                try {
                    contained(caller, asked, in);
                } finally {
                    links.give(caller.who().agent());
                }
            }
        }
    }

    private void contained(Known caller, Asked asked, InputStream in) throws IOException {
        Principal who = caller.who();
        Allowed allowed = Allowed.of(caller.bundle(), who, asked);
        String place = switch (allowed) {
            case Allowed.Yes yes -> yes.endpoint().name();
            case Allowed.No no -> no.place();
        };
        Step<Reservation> free = needs.callers().running(who, place).then(_ -> budget(caller));
        if (free instanceof Step.Refused<Reservation> refused) {
            refuse(Optional.of(who), refused.why());
            return;
        }
        switch (allowed) {
            case Allowed.No no -> denied(caller, asked, no);
            case Allowed.Yes yes -> permitted(caller, asked, yes, in);
        }
    }

    /// A connection costs a call, whatever becomes of it: nobody fills the log at the network's pace.
    private Step<Reservation> budget(Known caller) {
        List<Charge> charges = caller.bundle().budget(caller.who().agentType()).budget(Meter.CALLS_PER_MINUTE).stream()
                .map(budget -> Charge.call(caller.who().agent(), budget))
                .toList();
        return needs.budgets().reserve(charges);
    }

    private void denied(Known caller, Asked asked, Allowed.No no) throws IOException {
        needs.risk().observe(caller.who().agent(), true);
        Step<Long> written = ledger.decided(
                link,
                caller.who(),
                caller.bundle(),
                asked,
                no.place(),
                no.why().rule(),
                no.why().reason());
        tell(written instanceof Step.Refused<Long> unrecorded ? unrecorded.why() : no.why());
    }

    private void permitted(Known caller, Asked asked, Allowed.Yes yes, InputStream in) throws IOException {
        Step<Long> written = ledger.decided(
                link, caller.who(), caller.bundle(), asked, yes.endpoint().name(), yes.rule(), "");
        switch (written) {
            case Step.Refused<Long> unrecorded -> tell(unrecorded.why());
            case Step.Passed<Long>(Long index) -> {
                Permit permit = new Permit(caller.who(), caller.bundle(), asked, yes.endpoint(), index);
                link.permitted(permit);
                new Carriage(link, permit, limits, needs, ledger).carry(in);
            }
        }
    }

    private void refuse(Optional<Principal> who, Refusal why) throws IOException {
        Step<Long> written = ledger.refused(link, who, why);
        tell(written instanceof Step.Refused<Long> unrecorded ? unrecorded.why() : why);
    }

    private void tell(Refusal why) throws IOException {
        link.tell(Replies.refusal(link.id(), why));
    }
}
