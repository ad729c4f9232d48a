// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.identity;

import dev.tollgate.terms.Digest;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// A person who signs in at the OpenID provider through its own pages, for a client of theirs, and brings the ID token
/// away: the code flow with PKCE, step by step, over plain HTTP.
final class SignedIn {
    /// Pages of the provider between setting out and coming back.
    private static final int STEPS_MAX = 12;

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-for-tests";
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern PROMPT = Pattern.compile("name=\"prompt\" value=\"([a-z]+)\"");

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI issuer;
    private final URI callback;
    private final String secret;

    SignedIn(URI issuer, URI callback, String secret) {
        this.issuer = issuer;
        this.callback = callback;
        this.secret = secret;
    }

    String idToken(String user) throws IOException, InterruptedException {
        byte[] digest = Digest.sha256(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        URI at = issuer.resolve("/auth?response_type=code&client_id=tollgate&scope=openid%20profile&state=s&nonce=n"
                + "&code_challenge_method=S256&code_challenge=" + challenge + "&redirect_uri="
                + TokenDesk.encoded(callback.toString()));
        HttpResponse<String> page = get(at);
        for (int step = 0; step < STEPS_MAX; step++) {
            if (page.statusCode() / 100 == 3) {
                URI next =
                        page.uri().resolve(page.headers().firstValue("Location").orElseThrow());
                if (next.toString().startsWith(callback.toString())) {
                    return bought(Pattern.compile("[?&]code=([^&]+)")
                            .matcher(next.toString())
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1));
                }
                page = get(next);
            } else {
                page = filled(page, user);
            }
        }
        throw new IOException("the provider leads nowhere");
    }

    private HttpResponse<String> filled(HttpResponse<String> page, String user)
            throws IOException, InterruptedException {
        Matcher form = FORM.matcher(page.body());
        Matcher prompt = PROMPT.matcher(page.body());
        if (!form.find() || !prompt.find()) {
            throw new IOException("no form at " + page.uri().getPath() + ": " + page.statusCode());
        }
        return post(
                page.uri().resolve(form.group(1)),
                "prompt=" + prompt.group(1) + "&login=" + user + "&password=any",
                "");
    }

    private String bought(String code) throws IOException, InterruptedException {
        String form = "grant_type=authorization_code&code=" + code + "&code_verifier=" + VERIFIER + "&redirect_uri="
                + TokenDesk.encoded(callback.toString());
        String basic = Base64.getEncoder()
                .encodeToString(("tollgate:" + TokenDesk.encoded(secret)).getBytes(StandardCharsets.UTF_8));
        String body = post(issuer.resolve("/token"), form, "Basic " + basic).body();
        return JsonMapper.builder().build().readTree(body).path("id_token").asString("");
    }

    private HttpResponse<String> get(URI from) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(from).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI to, String form, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
