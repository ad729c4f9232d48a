// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks.load;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.gateway.Answer;
import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.Front;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.ToolListing;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.server.Server;
import dev.tollgate.server.ServerConfig;
import dev.tollgate.server.mcp.SealingKey;
import dev.tollgate.server.wire.JsonLimits;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.WorkflowId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A process of its own with one server: `full FOLDER` is the whole product, `minimal ANSWER` its
/// server with nothing behind the door, `bare ANSWER` an endpoint that reads JSON and writes JSON.
/// Prints its port, then for `full` a bearer token; ends with its standard input.
public final class Stand {
    private Stand() {}

    /// Runs one.
    public static void main(String[] arguments) throws Exception {
        Path from = Path.of(arguments[1]);
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            switch (arguments[0]) {
                case "full" -> full(from, out);
                case "minimal" ->
                    out.println(Server.start(ServerConfig.local(0), alone(from)).port());
                case "bare" -> out.println(BareJson.start(Files.readAllBytes(from)));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            while (System.in.read() >= 0) {
                // Lives as long as whoever started it.
            }
        }
        System.exit(0);
    }

    private static void full(Path folder, PrintWriter out) {
        Configuration plain = Configuration.embedded(folder.resolve("data")).on(0);
        Configuration generous = new Configuration(
                plain.listen(),
                plain.data(),
                Optional.of(folder.resolve("bundle")),
                plain.store(),
                plain.secrets(),
                plain.systems(),
                plain.demo(),
                plain.log(),
                plain.telemetry(),
                plain.fixtures());
        Tollgate tollgate = Tollgate.start(generous, InstantSource.system());
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(Scope.parse("crm:*:read").orElseThrow()))
                .running(new WorkflowId("prepare-sales-call"));
        SigningKeys keys = new SigningKeys(plain.data().resolve("keys"), CryptoProviders.best());
        String bearer = new TokenIssuer(
                        keys.openOrCreate(SigningKeys.Purpose.DELEGATION),
                        InstantSource.system(),
                        new SecureRandom(),
                        "tollgate",
                        "tollgate-gateway")
                .issue(grant);
        out.println(tollgate.port() + " " + bearer);
    }

    private static Server.Needs alone(Path answer) throws IOException {
        if (!(new JsonReader(JsonLimits.DEFAULT).read(Files.readAllBytes(answer)) instanceof Parsed.Whole read)
                || !(read.value() instanceof Value.Fields structured)) {
            throw new IOException(answer + " holds no JSON object");
        }
        Answer same = new Answer(structured, 1);
        Front front = new Front() {
            @Override
            public Step<List<ToolListing>> tools(Credentials who) {
                return Step.pass(List.of());
            }

            @Override
            public Step<Answer> call(Credentials who, ToolCall call) {
                return Step.pass(same);
            }

            @Override
            public Step<Value.Fields> evaluate(Credentials who, Value.Fields request) {
                return Step.pass(structured);
            }

            @Override
            public void unread(Credentials who, RequestId request, Refusal.Malformed why) {
                // There is no log to record it in.
            }
        };
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);
        return Server.Needs.alone(front, _ -> Step.pass("anybody"), SealingKey.of(key), InstantSource.system(), random);
    }
}
