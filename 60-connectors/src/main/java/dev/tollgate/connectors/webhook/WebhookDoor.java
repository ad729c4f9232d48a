// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.webhook;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.Deadline;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.HttpWire;
import dev.tollgate.connectors.SinkDoor;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.CanonicalJson;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.SortableId;
import dev.tollgate.terms.Value;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Posts to one webhook: canonical JSON, signed, so that its receiver can tell that it came from here,
/// whole, and when. Safe for many threads.
public final class WebhookDoor implements SinkDoor {
    /// Posts at once to one receiver.
    private static final int CALLS_MAX = 8;

    private static final int SUCCESS_FROM = 200;
    private static final int REDIRECT_FROM = 300;
    private static final int FAULT_FROM = 500;
    private static final String ALGORITHM = "HmacSHA256";

    private final WebhookConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HttpWire wire = new HttpWire(CALLS_MAX);

    /// A door to that webhook. Nothing is sent before the first call.
    ///
    /// @param random makes the ids of posts
    public WebhookDoor(WebhookConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String send(Ask.Send message, Credential credential, DoorLimits limits) {
        Instant now = clock.instant();
        String id = SortableId.at(now, random);
        byte[] body = CanonicalJson.bytes(new Value.Fields(Map.of(
                "id", Value.of(id),
                "object", Value.of(message.object()),
                "sent", Value.of(now.toString()),
                "fields", new Value.Fields(SinkDoor.values(message)))));
        if (body.length > limits.bytesMax()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        String moment = Long.toString(now.getEpochSecond());
        HttpRequest post = HttpRequest.newBuilder(config.url())
                .header("Content-Type", "application/json")
                .header("Tollgate-Id", id)
                .header("Tollgate-Signature", "t=" + moment + ",v1=" + signature(credential, moment, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        check(wire.send(post, Deadline.in(limits.timeMax()), limits.bytesMax(), Optional.of(Why.UNKNOWN_OUTCOME))
                .status());
        return id;
    }

    /// A redirect is not followed: what was decided ends here. A receiver that fails may have kept what it
    /// was told.
    private static void check(int status) {
        if (status >= SUCCESS_FROM && status < REDIRECT_FROM) {
            return;
        }
        boolean refused = status >= REDIRECT_FROM && status < FAULT_FROM;
        throw new UpstreamBroken(refused ? Why.REJECTED : Why.UNKNOWN_OUTCOME);
    }

    @RevealsSecret("a post is signed with the secret that its receiver shares")
    private static String signature(Credential credential, String moment, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(credential.secret().reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((moment + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
    }

    /// A receiver is not asked: a webhook knows posts only, and an empty one would be news.
    @Override
    public void knock(Credential credential, DoorLimits limits) {
        if (signature(credential, "0", new byte[0]).isEmpty()) {
            throw new UpstreamBroken(Why.REJECTED);
        }
    }

    @Override
    public boolean needsCredential() {
        return true;
    }

    @Override
    public void close() {
        wire.close();
    }
}
