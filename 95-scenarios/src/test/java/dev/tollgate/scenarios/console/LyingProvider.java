// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.console;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/// An OpenID provider that says whatever a test wants, well signed or not.
final class LyingProvider implements AutoCloseable {
    /// What is wrong with the ID token that it gives for any code.
    enum Lie {
        NOTHING,
        UNSIGNED,
        SIGNED_WITH_THE_SECRET,
        FOREIGN_KEY,
        FOREIGN_AUDIENCE,
        FOREIGN_ISSUER,
        OTHER_NONCE,
        NO_NONCE,
        EXPIRED,
        NO_NAME,
        STRANGE_NAME,
        GARBAGE,
        ERROR,
        ENDLESS
    }

    static final String SECRET = "a secret of at least 256 bits, as HMAC with SHA-256 needs";

    private static final int RSA_BITS = 2_048;
    private static final int ENDLESS_BYTES = 4 << 20;

    private final HttpServer server;
    private final RSAKey key;
    private final RSAKey foreign;
    private volatile Lie lie = Lie.NOTHING;
    private volatile String nonce = "";

    LyingProvider() {
        try {
            key = new RSAKeyGenerator(RSA_BITS).keyID("one").generate();
            foreign = new RSAKeyGenerator(RSA_BITS).keyID("one").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JOSEException broken) {
            throw new IllegalStateException("no provider here", broken);
        }
        server.createContext(
                "/.well-known/openid-configuration", exchange -> say(exchange, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/auth","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
                "response_types_supported":["code"],"subject_types_supported":["public"],
                "id_token_signing_alg_values_supported":["RS256","HS256"]}""".formatted(issuer())));
        server.createContext("/keys", exchange -> say(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", this::token);
        server.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// From now on it says this.
    ///
    /// @param asked the nonce that the console sent along
    void tell(Lie next, String asked) {
        lie = next;
        nonce = asked;
    }

    private void token(HttpExchange exchange) throws IOException {
        switch (lie) {
            case ERROR -> say(exchange, 400, "{\"error\":\"invalid_grant\"}");
            case GARBAGE -> say(exchange, 200, "<html>");
            case ENDLESS -> say(exchange, 200, " ".repeat(ENDLESS_BYTES) + "{}");
            default ->
                say(
                        exchange,
                        200,
                        "{\"access_token\":\"none\",\"token_type\":\"Bearer\",\"id_token\":\"" + idToken() + "\"}");
        }
    }

    private String idToken() {
        // The library that checks it reads the machine's clock.
        Instant issued =
                InstantSource.system().instant().minus(lie == Lie.EXPIRED ? Duration.ofHours(1) : Duration.ZERO);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(lie == Lie.FOREIGN_ISSUER ? "https://login.example" : issuer().toString())
                .audience(lie == Lie.FOREIGN_AUDIENCE ? "somebody-else" : "tollgate")
                .subject("4711")
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofMinutes(5))));
        if (lie != Lie.NO_NONCE) {
            claims.claim("nonce", lie == Lie.OTHER_NONCE ? "another" : nonce);
        }
        if (lie != Lie.NO_NAME) {
            claims.claim("preferred_username", lie == Lie.STRANGE_NAME ? "dana\n\u202E" : "dana");
        }
        return signed(claims.build());
    }

    private String signed(JWTClaimsSet claims) {
        try {
            if (lie == Lie.UNSIGNED) {
                return new PlainJWT(claims).serialize();
            }
            boolean secret = lie == Lie.SIGNED_WITH_THE_SECRET;
            JWSAlgorithm algorithm = secret ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256;
            SignedJWT token =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
            token.sign(
                    secret
                            ? new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8))
                            : new RSASSASigner(lie == Lie.FOREIGN_KEY ? foreign : key));
            return token.serialize();
        } catch (JOSEException broken) {
            throw new UncheckedIOException(new IOException(broken));
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
