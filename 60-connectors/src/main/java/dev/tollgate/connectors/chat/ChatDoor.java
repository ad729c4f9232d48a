// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.chat;

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
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Posts to one channel. A post is text and nothing else: it calls nobody, links to nothing that is
/// looked up, and its reader sees every letter of it. Safe for many threads.
public final class ChatDoor implements SinkDoor {
    /// Posts at once; chats allow about one a second.
    private static final int CALLS_MAX = 4;

    private static final int OK = 200;
    private static final int FAULT_FROM = 500;
    private static final Pattern SECRET_PATH = Pattern.compile("[A-Za-z0-9_/-]{1,256}");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ChatConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final HttpWire wire = new HttpWire(CALLS_MAX);

    /// A door to that chat. Nothing is sent before the first call.
    ///
    /// @param random makes the ids of posts where the chat gives none
    public ChatDoor(ChatConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String send(Ask.Send message, Credential credential, DoorLimits limits) {
        Map<String, Value> values = SinkDoor.values(message);
        if (values.size() != 1 || !(values.get("text") instanceof Value.Text(String text))) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        HttpRequest post = request(credential)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(text)))
                .build();
        HttpWire.Answer answer =
                wire.send(post, Deadline.in(limits.timeMax()), limits.bytesMax(), Optional.of(Why.UNKNOWN_OUTCOME));
        if (answer.status() != OK) {
            throw new UpstreamBroken(answer.status() >= FAULT_FROM ? Why.UNKNOWN_OUTCOME : Why.REJECTED);
        }
        return config.channel().isPresent() ? posted(answer) : SortableId.at(clock.instant(), random);
    }

    private byte[] body(String text) {
        Map<String, Value> body = new TreeMap<>();
        body.put("text", Value.of(escaped(text)));
        body.put("parse", Value.of("none"));
        body.put("link_names", Value.of(false));
        // An unfurled link fetches a URL that the message chose, from the chat's own servers.
        body.put("unfurl_links", Value.of(false));
        body.put("unfurl_media", Value.of(false));
        config.channel().ifPresent(channel -> body.put("channel", Value.of(channel)));
        return CanonicalJson.bytes(new Value.Fields(body));
    }

    /// In a chat's own marks, `<!channel>` calls everybody and `<url|words>` hides where a link goes.
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @RevealsSecret("a chat takes its token, or has it in its address")
    private HttpRequest.Builder request(Credential credential) {
        String secret = credential.secret().reveal();
        if (config.channel().isPresent()) {
            boolean plain = secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!plain) {
                throw new UpstreamBroken(Why.UNSUPPORTED);
            }
            return HttpRequest.newBuilder(config.url()).header("Authorization", "Bearer " + secret);
        }
        if (!SECRET_PATH.matcher(secret).matches()) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return HttpRequest.newBuilder(URI.create(config.url() + secret));
    }

    /// A method says in its answer whether it posted, whatever the status.
    private static String posted(HttpWire.Answer answer) {
        if (answer.tooLarge()) {
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
        try {
            JsonNode said = JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
            if (said.path("ok").isBoolean() && !said.path("ok").booleanValue()) {
                throw new UpstreamBroken(Why.REJECTED);
            }
            if (said.path("ok").isBoolean() && said.path("ts").isString()) {
                return said.path("ts").stringValue();
            }
        } catch (JacksonException _) {
            throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
        }
        throw new UpstreamBroken(Why.UNKNOWN_OUTCOME);
    }

    /// Nothing to ask that would not be a post.
    @Override
    public void knock(Credential credential, DoorLimits limits) {
        request(credential);
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
