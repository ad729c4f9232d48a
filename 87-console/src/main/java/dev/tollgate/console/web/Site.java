// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.web;

import dev.tollgate.server.http.Turn;
import dev.tollgate.terms.Require;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where browsers find the console, and how they are kept strict. A passkey belongs to a host name, so the
/// console has exactly one: its sign-in works at this address and at no other.
///
/// @param url `https://` and a host, or `http://localhost:PORT`; without a path
public record Site(URI url) {
    private static final String COOKIE = "tollgate_console";
    private static final String ERRAND = "tollgate_errand";
    /// No script or style in the page itself, nothing from elsewhere, no frame around it.
    private static final String CONTENT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Site {
        Require.require(
                url.getHost() != null && (secure(url) || url.getHost().equals("localhost")),
                "the console needs `https`, or `http://localhost`: browsers sign with passkeys nowhere else");
    }

    /// The console's own address of a path below it.
    public String at(String path) {
        return origin() + Visit.ROOT + path;
    }

    /// For example `http://localhost:7400`.
    public String origin() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + host() + port;
    }

    /// The host's name, which is what passkeys are bound to.
    public String host() {
        return url.getHost().toLowerCase(Locale.ROOT);
    }

    /// Whether a request is addressed to this site.
    public boolean isMeant(Turn turn) {
        String named = turn.header("Host").orElse("").toLowerCase(Locale.ROOT);
        return named.equals(origin().substring(origin().indexOf("//") + 2));
    }

    /// Whether a request that changes something was sent by a page of this site: browsers name the page's origin
    /// in it, and no page of another can.
    public boolean isOwn(Turn turn) {
        boolean origin = turn.header("Origin").filter(origin()::equals).isPresent();
        boolean site = turn.header("Sec-Fetch-Site").map("same-origin"::equals).orElse(true);
        return origin && site;
    }

    /// The headers of every reply.
    public void strict(Turn turn) {
        turn.with("Content-Security-Policy", CONTENT)
                .with("Referrer-Policy", "same-origin")
                .with("X-Frame-Options", "DENY")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with(
                        "Permissions-Policy",
                        "publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(),"
                                + " microphone=(), geolocation=()");
        if (secure(url)) {
            turn.with("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /// The session's cookie, as the browser sent it; nothing when it is there twice.
    public Optional<String> cookie(Turn turn) {
        return cookie(turn, name(COOKIE));
    }

    /// What the browser took along to the OpenID provider.
    public Optional<String> errand(Turn turn) {
        return cookie(turn, name(ERRAND));
    }

    private static Optional<String> cookie(Turn turn, String name) {
        String found = null;
        for (String pair : turn.header("Cookie").orElse("").split(";", -1)) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2 && sides[0].equals(name)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = sides[1];
            }
        }
        return Optional.ofNullable(found);
    }

    /// Gives the browser its session, or with nothing takes it away.
    public void keep(Turn turn, Optional<String> session) {
        set(turn, name(COOKIE), session, "Path=/console; HttpOnly; SameSite=Strict");
    }

    /// Gives the browser what it takes along to the OpenID provider and brings back from there, or takes it away.
    public void take(Turn turn, Optional<String> errand) {
        set(turn, name(ERRAND), errand, "Path=/console/oidc; HttpOnly; SameSite=Lax");
    }

    private void set(Turn turn, String name, Optional<String> value, String attributes) {
        String ends = value.isPresent() ? "" : "; Max-Age=0";
        String safe = secure(url) ? "; Secure" : "";
        turn.and("Set-Cookie", name + "=" + value.orElse("") + "; " + attributes + safe + ends);
    }

    private String name(String cookie) {
        return secure(url) ? "__Secure-" + cookie : cookie;
    }

    private static boolean secure(URI url) {
        return "https".equals(url.getScheme());
    }
}
