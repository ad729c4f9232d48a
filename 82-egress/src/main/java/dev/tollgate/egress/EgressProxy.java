// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress;

import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SortableId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The forward proxy for agents' runtimes (requirements S1-32, S1-33, S2-19): CONNECT and plain HTTP,
/// each connection on virtual threads of its own.
public final class EgressProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EgressProxy.class);

    /// Connections that wait to be accepted.
    private static final int BACKLOG = 256;

    /// How often open connections are looked at.
    private static final long SWEEP_MILLIS = 250;

    /// After a failure to accept, such as too many open files, so that the loop does not spin.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// How long a stop waits for the entries of connections that it ended.
    private static final int STOP_SECONDS_MAX = 5;

    private final EgressLimits limits;
    private final Needs needs;
    private final Ledger ledger;
    private final Links links;
    private final ServerSocket door;
    private final ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("egress-sweep").factory());
    private final ScheduledFuture<?> sweeping;

    private EgressProxy(InetSocketAddress at, EgressLimits limits, Needs needs) {
        this.limits = limits;
        this.needs = needs;
        this.ledger = new Ledger(needs.log(), needs.clock());
        this.links = new Links(limits, needs.callers(), needs.bundles(), needs.clock());
        try {
            door = new ServerSocket();
            door.bind(at, BACKLOG);
        } catch (IOException taken) {
            throw new UncheckedIOException("the egress proxy cannot listen", taken);
        }
        sweeping = timer.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        Thread.ofPlatform().daemon().name("egress").start(this::accept);
    }

    /// Starts a proxy.
    ///
    /// @throws UncheckedIOException when it cannot listen there
    public static EgressProxy start(InetSocketAddress at, EgressLimits limits, Needs needs) {
        return new EgressProxy(at, limits, needs);
    }

    /// Where it listens.
    public int port() {
        return door.getLocalPort();
    }

    /// Connections that are open now.
    public int open() {
        return links.count();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                begin(door.accept());
            } catch (IOException failed) {
                if (!door.isClosed()) {
                    LOG.atWarn()
                            .addKeyValue("cause", failed.getClass().getSimpleName())
                            .log("a connection could not be accepted");
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private void begin(Socket client) throws IOException {
        if (links.count() >= limits.connectionsMax()) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        RequestId id = new RequestId(SortableId.at(needs.clock().instant(), needs.random()));
        Link link = new Link(client, id, needs.clock(), limits.bytesMax());
        links.add(link);
        visits.execute(new Visit(link, limits, needs, ledger, links));
    }

    /// A sweep that fails must not be the last one.
    private void sweep() {
        try {
            links.sweep();
        } catch (RuntimeException failed) {
            LOG.atError()
                    .addKeyValue("cause", failed.getClass().getSimpleName())
                    .log("open connections could not be looked at, ending them");
            links.stop();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException _) {
            // It is closed all the same.
        }
        sweeping.cancel(false);
        timer.shutdownNow();
        links.stop();
        visits.shutdown();
        try {
            if (!visits.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.atWarn().log("connections did not end in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
