// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.containment.Endpoint;
import dev.tollgate.containment.Endpoint.Scheme;
import dev.tollgate.egress.net.Addresses;
import dev.tollgate.egress.wire.Asked;
import dev.tollgate.egress.wire.Bodies;
import dev.tollgate.egress.wire.Framing;
import dev.tollgate.egress.wire.HeadReader;
import dev.tollgate.egress.wire.Hello;
import dev.tollgate.egress.wire.Replied;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RuleId;
import dev.tollgate.terms.Step;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Carries what was permitted, and writes how it ended.
final class Carriage {
    /// What refuses a name that leads where names of its kind may not lead.
    private static final RuleId ADDRESS = new RuleId("egress-address");

    /// What refuses a tunnel whose first words are for another server.
    private static final RuleId SERVER_NAME = new RuleId("egress-server-name");

    /// What refuses a connection that a newer bundle does not permit.
    private static final RuleId BUNDLE = new RuleId("egress-bundle");

    /// Addresses of one name that are tried.
    private static final int ADDRESSES_MAX = 3;

    private static final int INTERIM_MAX = 5;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Link link;
    private final Permit permit;
    private final EgressLimits limits;
    private final Needs needs;
    private final Ledger ledger;

    Carriage(Link link, Permit permit, EgressLimits limits, Needs needs, Ledger ledger) {
        this.link = link;
        this.permit = permit;
        this.limits = limits;
        this.needs = needs;
        this.ledger = ledger;
    }

    /// Carries it to its end. The entry about the end is written whatever happens.
    void carry(InputStream in) throws IOException {
        Optional<Refusal> refusal = Optional.empty();
        try {
            refusal = switch (addresses().then(this::connected)) {
                case Step.Passed<Socket>(Socket upstream) -> through(upstream, in);
                case Step.Refused<Socket> refused -> Optional.of(told(refused.why()));
            };
        } catch (IOException gone) {
            link.end(Link.End.BROKEN);
            throw gone;
        } finally {
            link.end(Link.End.CLOSED);
            Link.End end = link.ended().orElse(Link.End.CLOSED);
            Optional<Refusal> why = refusal.or(() -> refusal(end));
            needs.risk()
                    .observe(
                            permit.who().agent(),
                            why.filter(Refusal.Denied.class::isInstance).isPresent());
            ledger.ended(link, permit, why, end.word());
        }
    }

    private static Optional<Refusal> refusal(Link.End end) {
        return switch (end) {
            case HALTED -> Optional.of(new Refusal.Halted("agent"));
            case EXPIRED -> Optional.of(new Refusal.Unauthenticated());
            case POLICY -> Optional.of(new Refusal.Denied(BUNDLE, "destination"));
            case CLOSED, BROKEN, LATE, IDLE, BYTES, SERVER_NAME, STOPPED -> Optional.empty();
        };
    }

    private Refusal told(Refusal why) throws IOException {
        link.tell(Replies.refusal(link.id(), why));
        return why;
    }

    /// Looks the name up, once: what is connected to is what was checked.
    private Step<List<InetAddress>> addresses() {
        Endpoint endpoint = permit.endpoint();
        try {
            List<InetAddress> all = literal(endpoint.host())
                    ? List.of(InetAddress.ofLiteral(endpoint.host()))
                    : needs.resolver().resolve(endpoint.host());
            return Addresses.may(all, endpoint.internal())
                    ? Step.pass(all)
                    : Step.refuse(new Refusal.Denied(ADDRESS, "address"));
        } catch (UnknownHostException | IllegalArgumentException _) {
            return Step.refuse(new Refusal.UpstreamFailed(Ledger.SYSTEM, "unreachable"));
        }
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(one -> one == '.' || (one >= '0' && one <= '9'));
    }

    private Step<Socket> connected(List<InetAddress> addresses) {
        String why = "unreachable";
        for (InetAddress address : addresses.subList(0, Math.min(ADDRESSES_MAX, addresses.size()))) {
            try {
                Socket upstream = link.outward();
                upstream.connect(
                        new InetSocketAddress(address, permit.endpoint().port()),
                        Math.toIntExact(limits.connectWithin().toMillis()));
                upstream.setTcpNoDelay(true);
                return Step.pass(upstream);
            } catch (SocketTimeoutException _) {
                why = "timeout";
            } catch (IOException _) {
                why = "unreachable";
            }
        }
        return Step.refuse(new Refusal.UpstreamFailed(Ledger.SYSTEM, why));
    }

    private Optional<Refusal> through(Socket upstream, InputStream in) throws IOException {
        return permit.endpoint().scheme() == Scheme.HTTPS ? tunnel(upstream, in) : plain(upstream, in);
    }

    private Optional<Refusal> tunnel(Socket upstream, InputStream in) throws IOException {
        OutputStream out = link.client().getOutputStream();
        out.write(Replies.OPEN.getBytes(StandardCharsets.US_ASCII));
        Optional<Hello> hello = Hello.read(in).filter(this::meant);
        if (hello.isEmpty()) {
            link.end(Link.End.SERVER_NAME);
            return Optional.of(new Refusal.Denied(SERVER_NAME, "server-name"));
        }
        link.carries();
        OutputStream away = link.sending(upstream.getOutputStream());
        away.write(hello.get().bytes());
        Thread back = Thread.ofVirtual()
                .name("egress-back")
                .start(() -> oneWay(upstream, link.receiving(out), link.client()));
        pump(in, away, upstream);
        join(back);
        return Optional.empty();
    }

    private boolean meant(Hello hello) {
        String host = permit.endpoint().host();
        return literal(host)
                ? hello.server().isEmpty()
                : hello.server().filter(host::equals).isPresent();
    }

    private void oneWay(Socket from, OutputStream out, Socket to) {
        try {
            pump(from.getInputStream(), out, to);
        } catch (IOException _) {
            link.end(Link.End.BROKEN);
        }
    }

    /// Passes bytes on until one side has no more, and tells the other so.
    private void pump(InputStream in, OutputStream out, Socket to) {
        try {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            link.end(Link.End.BROKEN);
        }
    }

    private static void join(Thread other) {
        try {
            other.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Refusal> plain(Socket upstream, InputStream in) throws IOException {
        Asked asked = permit.asked();
        OutputStream out = link.client().getOutputStream();
        link.carries();
        OutputStream away = link.sending(upstream.getOutputStream());
        away.write(asked.onward());
        if (asked.waits()) {
            out.write(Replies.CONTINUE.getBytes(StandardCharsets.US_ASCII));
        }
        // Beside the answer: a server may answer, and stop reading, before it has the whole body.
        Thread body = Thread.ofVirtual().name("egress-body").start(() -> body(asked.framing(), in, away));
        InputStream answer = new BufferedInputStream(upstream.getInputStream(), BUFFER_BYTES);
        Optional<Replied> replied = answer(answer);
        if (replied.isEmpty()) {
            Refusal why = new Refusal.UpstreamFailed(Ledger.SYSTEM, "garbage");
            return Optional.of(link.ended().isPresent() ? why : told(why));
        }
        OutputStream back = link.receiving(out);
        back.write(replied.get().onward());
        Bodies.pass(replied.get().framing(), answer, back);
        link.client().shutdownOutput();
        link.end(Link.End.CLOSED);
        join(body);
        return Optional.empty();
    }

    private void body(Framing framing, InputStream in, OutputStream away) {
        try {
            Bodies.pass(framing, in, away);
        } catch (IOException _) {
            link.end(Link.End.BROKEN);
        }
    }

    private Optional<Replied> answer(InputStream answer) throws IOException {
        for (int heads = 0; heads < INTERIM_MAX; heads++) {
            if (!(HeadReader.read(answer, limits.headBytesMax()) instanceof HeadReader.Read.Head head)) {
                return Optional.empty();
            }
            if (!Replied.interim(head)) {
                return Replied.of(head, permit.asked().method());
            }
        }
        return Optional.empty();
    }
}
