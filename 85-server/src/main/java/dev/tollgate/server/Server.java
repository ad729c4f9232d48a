// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server;

import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.exchange.TokenExchange;
import dev.tollgate.server.fixtures.Fixtures;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Doors;
import dev.tollgate.server.http.HostGuard;
import dev.tollgate.server.http.Reach;
import dev.tollgate.server.http.RequestIds;
import dev.tollgate.server.mcp.Challenge;
import dev.tollgate.server.mcp.Feature;
import dev.tollgate.server.mcp.FrontTools;
import dev.tollgate.server.mcp.Identities;
import dev.tollgate.server.mcp.Listeners;
import dev.tollgate.server.mcp.McpDoor;
import dev.tollgate.server.mcp.MemoryOnce;
import dev.tollgate.server.mcp.Once;
import dev.tollgate.server.mcp.Schemas;
import dev.tollgate.server.mcp.SealingKey;
import dev.tollgate.server.mcp.Traces;
import dev.tollgate.server.oauth.ServerMetadata;
import dev.tollgate.server.oauth.TokenDoor;
import dev.tollgate.server.ops.HealthDoors;
import dev.tollgate.server.ops.MeteredFront;
import dev.tollgate.server.ops.Meters;
import dev.tollgate.server.ops.Readiness;
import dev.tollgate.server.rest.AuthZenDoors;
import dev.tollgate.server.rest.ResourceMetadata;
import dev.tollgate.server.rest.ToolDoors;
import dev.tollgate.server.tls.Tls;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The doors: MCP, REST, AuthZEN, health and metrics over one gateway, on one port. No rule lives here.
public final class Server {
    private Server() {}

    /// What the server needs of the rest of the house.
    ///
    /// @param identities names who presents credentials; must accept exactly what `front` accepts
    /// @param once       remembers request states that were presented; shared by all nodes when there
    ///                   are several
    /// @param sealKey    for sealed session ids and request states, the same on every node
    /// @param access     what tokens must come with
    /// @param random     unpredictable, as it makes the ids that questions to clients are answered
    ///     under
    /// @param more       doors of other rooms, and what ends their streams
    public record Needs(
            Front front,
            Identities identities,
            Readiness readiness,
            OpenTelemetry telemetry,
            Once once,
            SealingKey sealKey,
            Access access,
            InstantSource clock,
            RandomGenerator random,
            IntFunction<More> more) {
        /// Needs of a server that is alone.
        public static Needs alone(
                Front front, Identities identities, SealingKey sealKey, InstantSource clock, RandomGenerator random) {
            return new Needs(
                    front,
                    identities,
                    Readiness.ALWAYS,
                    OpenTelemetry.noop(),
                    new MemoryOnce(clock),
                    sealKey,
                    Access.PLAIN,
                    clock,
                    random,
                    _ -> More.NONE);
        }
    }

    /// What tokens may come with, beside themselves.
    ///
    /// @param algorithms that proofs of possession may be signed with; none when nobody checks such
    ///     proofs
    /// @param nonce      a fresh nonce for proofs, when they must carry one
    /// @param tls        how the listener speaks TLS; nothing means that it does not
    public record Access(List<String> algorithms, Supplier<Optional<String>> nonce, Optional<Tls> tls) {
        /// Tokens and nothing else.
        public static final Access PLAIN = new Access(List.of(), Optional::empty, Optional.empty());
    }

    /// Doors of other rooms, made once the server's port is known.
    ///
    /// @param doors        by path
    /// @param whenStopping ends streams that stay open until somebody ends them
    /// @param approvals    where people decide an approval, with its id behind; nothing without such a page
    /// @param tokens       hands out bearer tokens; nothing without a token endpoint
    public record More(
            Map<String, Door> doors,
            Runnable whenStopping,
            Optional<String> approvals,
            Optional<TokenExchange> tokens) {
        /// Without a token endpoint.
        public More(Map<String, Door> doors, Runnable whenStopping, Optional<String> approvals) {
            this(doors, whenStopping, approvals, Optional.empty());
        }

        /// The same with a token endpoint.
        public More handing(TokenExchange out) {
            return new More(doors, whenStopping, approvals, Optional.of(out));
        }

        /// No other doors.
        public static final More NONE = new More(Map.of(), () -> {}, Optional.empty());

        /// These and one more.
        public More with(String path, Door door) {
            Map<String, Door> all = new TreeMap<>(doors);
            all.put(path, door);
            return new More(all, whenStopping, approvals, tokens);
        }
    }

    /// Where tokens come from: what says so, and the endpoint itself where there is one.
    private static Map<String, Door> tokens(ServerConfig config, Access access, More more, Meters meters, String url) {
        List<String> issuers = more.tokens().map(_ -> List.of(url)).orElse(config.issuers());
        ResourceMetadata metadata = new ResourceMetadata(
                url, issuers, config.scopes(), access.algorithms(), access.tls().isPresent());
        Map<String, Door> doors = new TreeMap<>();
        doors.put(ResourceMetadata.PATH, metadata);
        doors.put(ResourceMetadata.ROOT_PATH, metadata);
        more.tokens().ifPresent(out -> {
            doors.put(TokenDoor.PATH, new TokenDoor(out, access.nonce(), meters.registry()));
            doors.put(
                    ServerMetadata.PATH,
                    new ServerMetadata(url, access.algorithms(), access.tls().isPresent()));
        });
        return doors;
    }

    /// Starts a server.
    ///
    /// @throws IllegalStateException when it cannot listen
    public static RunningServer start(ServerConfig config, Needs needs) {
        JettyServer jetty = new JettyServer(config, needs.access().tls(), needs.clock());
        Meters meters = new Meters();
        Listeners listeners = new Listeners(config.http().streamsMax());
        Front front = new MeteredFront(needs.front(), meters, config.http().callsMax());
        Identities identities = config.fixtures() ? _ -> Step.pass("anonymous") : needs.identities();
        jetty.listen();
        More more = needs.more().apply(jetty.port());
        Feature feature = config.fixtures() ? new Fixtures(listeners) : new FrontTools(front, more.approvals());
        String url = config.publicUrl().orElseGet(jetty::url);
        Challenge challenge = challenge(config, needs.access(), url);
        JsonReader reader = new JsonReader(config.json());
        Traces traces = new Traces(needs.telemetry());
        McpDoor mcp = new McpDoor(new McpDoor.Parts(
                feature,
                identities,
                challenge,
                reader,
                new Schemas(),
                traces,
                listeners,
                needs.once(),
                needs.sealKey(),
                new Value.Fields(Map.of(
                        "name", Value.of("tollgate"),
                        "title", Value.of("Tollgate"),
                        "version", Value.of(config.version()))),
                config.http(),
                needs.clock(),
                needs.random()));
        meters.gauge("tollgate_streams", "Clients that listen for changes", listeners::count);

        Map<String, Door> doors = new TreeMap<>(more.doors());
        HealthDoors health = new HealthDoors(needs.readiness(), jetty::stopping);
        doors.put("/mcp", mcp);
        doors.put("/health/live", health.live());
        doors.put("/health/ready", health.ready());
        doors.put("/metrics", meters.door());
        doors.putAll(tokens(config, needs.access(), more, meters, url));
        if (!config.fixtures()) {
            doors.putAll(new ToolDoors(front, reader, challenge, traces).doors());
            doors.putAll(new AuthZenDoors(front, reader, challenge, traces, url).doors());
        }
        jetty.serve(
                new Doors(
                        doors,
                        new HostGuard(config.names(), config.origins()),
                        new RequestIds(needs.clock(), needs.random()),
                        config.http(),
                        (who, request, why) -> front.unread(who, request, new Refusal.Malformed(List.of(why))),
                        needs.clock(),
                        reach(config, needs.access())),
                () -> {
                    mcp.close();
                    more.whenStopping().run();
                });
        return jetty.running(url, listeners, meters);
    }

    private static Challenge challenge(ServerConfig config, Access access, String url) {
        return new Challenge(url + ResourceMetadata.PATH, config.scopes(), access.algorithms(), access.nonce());
    }

    private static Reach reach(ServerConfig config, Access access) {
        return new Reach(config.publicUrl(), access.tls().map(Tls::peers).orElse(Reach.PLAIN.peers()));
    }
}
