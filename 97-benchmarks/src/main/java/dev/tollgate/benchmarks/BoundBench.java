// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.app.Configuration;
import dev.tollgate.app.Tollgate;
import dev.tollgate.identity.Grant;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.secrets.CryptoProviders;
import dev.tollgate.secrets.SigningKeys;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.UserId;
import dev.tollgate.terms.WorkflowId;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a proof of possession adds to a call: reads of one record over REST by one client, one after
/// the other, with a token that is bound to a key and with one that is not. Client and gateway share
/// the process; proofs are made before the clock runs. Each proof is used up durably before its call
/// goes on.
///
/// Arguments: the repository's folder, a folder for the data, calls a round, rounds.
public final class BoundBench {
    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_BYTES = 32;

    private BoundBench() {}

    /// Runs the benchmark.
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        int count = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair owner = generator.generateKeyPair();
        Path bundle = folder.resolve("bundle");
        CallBench.bundle(Path.of(args[0]).resolve("90-app/src/main/resources/bundles/default"), bundle);
        Configuration plain = Configuration.embedded(folder.resolve("data")).on(0);
        Configuration free = new Configuration(
                plain.listen(),
                plain.data(),
                Optional.of(bundle),
                plain.store(),
                plain.secrets(),
                plain.systems(),
                plain.demo(),
                plain.log(),
                plain.telemetry(),
                plain.fixtures());
        try (Tollgate gateway = Tollgate.start(free, InstantSource.system());
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                PrintWriter out =
                        new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            String url = gateway.url() + "/v1/tools/account_get";
            String loose = token(plain, Confirmation.NONE);
            String bound = token(plain, Confirmation.ofKey(digest(jwk(owner))));
            // The first round warms up and is not counted.
            for (int round = 0; round <= rounds; round++) {
                double[] bearer = driven(client, bearers(url, loose, count));
                double[] proven = driven(client, proofs(url, bound, owner, count, round));
                if (round > 0) {
                    out.printf(
                            "bearer %.0f us, %.0f us of CPU; with a proof %.0f us, %.0f us of CPU: %+.0f and %+.0f%n",
                            bearer[0], bearer[1], proven[0], proven[1], proven[0] - bearer[0], proven[1] - bearer[1]);
                }
            }
        }
    }

    private static String token(Configuration configuration, Confirmation cnf) {
        Grant grant = Grant.of(
                        new AgentId("sales-copilot"),
                        new UserId("alice"),
                        Set.of(Scope.parse("crm:account:read").orElseThrow()))
                .running(new WorkflowId("prepare-sales-call"))
                .boundTo(cnf);
        SigningKeys keys = new SigningKeys(configuration.data().resolve("keys"), CryptoProviders.best());
        return new TokenIssuer(
                        keys.openOrCreate(SigningKeys.Purpose.DELEGATION),
                        InstantSource.system(),
                        new SecureRandom(),
                        "tollgate",
                        "tollgate-gateway")
                .issue(grant);
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"acc_000001\",\"fields\":[\"name\"]}"));
    }

    private static List<HttpRequest> bearers(String url, String token, int count) {
        List<HttpRequest> requests = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            requests.add(request(url).header("Authorization", "Bearer " + token).build());
        }
        return requests;
    }

    private static List<HttpRequest> proofs(String url, String token, KeyPair owner, int count, int round)
            throws Exception {
        String header = encode("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk(owner) + "}");
        List<HttpRequest> requests = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            String input = header + "."
                    + encode("{\"jti\":\"" + round + "-" + at + "\",\"htm\":\"POST\",\"htu\":\"" + url + "\",\"iat\":"
                            + InstantSource.system().instant().getEpochSecond() + ",\"ath\":\"" + digest(token)
                            + "\"}");
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(owner.getPrivate());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            requests.add(request(url)
                    .header("Authorization", "DPoP " + token)
                    .header("DPoP", input + "." + ENCODE.encodeToString(signer.sign()))
                    .build());
        }
        return requests;
    }

    private static String jwk(KeyPair pair) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\""
                + coordinate(key.getW().getAffineX()) + "\",\"y\":\""
                + coordinate(key.getW().getAffineY()) + "\"}";
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, padded, COORDINATE_BYTES - length, length);
        return ENCODE.encodeToString(padded);
    }

    private static String encode(String text) {
        return ENCODE.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ENCODE.encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /// Median latency, and CPU time of the process a call, in microseconds.
    private static double[] driven(HttpClient client, List<HttpRequest> requests) throws Exception {
        long[] took = new long[requests.size()];
        double before = cpuMicros();
        for (int at = 0; at < took.length; at++) {
            long began = System.nanoTime();
            HttpResponse<String> answer = client.send(requests.get(at), HttpResponse.BodyHandlers.ofString());
            took[at] = System.nanoTime() - began;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("answered " + answer.body());
            }
        }
        double spent = cpuMicros() - before;
        Arrays.sort(took);
        return new double[] {took[took.length / 2] / 1e3, spent / took.length};
    }

    private static double cpuMicros() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
    }
}
