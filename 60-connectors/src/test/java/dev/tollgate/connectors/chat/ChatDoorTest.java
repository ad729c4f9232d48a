// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.connectors.HeardHttp;
import dev.tollgate.connectors.SinkUnderTest;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ChatDoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:00:00Z"));
    private static final Map<String, Value> POST = Map.of("text", Value.of("a case waits"));

    private static SinkUnderTest sink(URI url, Optional<String> channel, String secret) {
        ChatDoor door = new ChatDoor(new ChatConfig(url, channel), CLOCK, Property.random(7));
        return new SinkUnderTest("team", door, secret);
    }

    @Test
    void a_method_posts_to_the_one_channel_of_the_configuration() {
        try (HeardHttp chat = new HeardHttp();
                SinkUnderTest sink = sink(chat.url("/api/chat.postMessage"), Optional.of("#support"), "xoxb-1")) {
            chat.say(200, Map.of(), "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"1503435956.000247\"}");

            assertThat(sink.sent(POST)).isEqualTo("1503435956.000247");
            HeardHttp.Heard heard = chat.only();
            assertThat(heard.header("Authorization")).isEqualTo("Bearer xoxb-1");
            assertThat(heard.body()).isEqualTo("""
                    {"channel":"#support","link_names":false,"parse":"none","text":"a case waits",\
                    "unfurl_links":false,"unfurl_media":false}""");
        }
    }

    @Test
    void an_incoming_webhook_has_its_secret_in_its_path() {
        try (HeardHttp chat = new HeardHttp();
                SinkUnderTest sink = sink(chat.url("/services/"), Optional.empty(), "T0/B0/xyz")) {
            chat.say(200, Map.of(), "ok");

            assertThat(sink.sent(POST)).isNotEmpty();
            assertThat(chat.only().path()).isEqualTo("/services/T0/B0/xyz");
            assertThat(chat.only().header("Authorization")).isEmpty();
        }
    }

    @Test
    void a_post_calls_nobody_and_hides_no_link() {
        try (HeardHttp chat = new HeardHttp();
                SinkUnderTest sink = sink(chat.url("/services/"), Optional.empty(), "T0/B0/xyz")) {
            String _ = sink.sent(
                    Map.of("text", Value.of("<!channel> <https://evil.example/?d=secret|your invoice> &lt;!here&gt;")));

            assertThat(chat.only().body())
                    .contains("\"text\":\"&lt;!channel&gt; &lt;https://evil.example/?d=secret|your invoice&gt; "
                            + "&amp;lt;!here&amp;gt;\"");
        }
    }

    @Test
    void a_method_that_says_no_posted_nothing_whatever_its_status() {
        try (HeardHttp chat = new HeardHttp();
                SinkUnderTest sink = sink(chat.url("/api/chat.postMessage"), Optional.of("C1"), "xoxb-1")) {
            chat.say(200, Map.of(), "{\"ok\":false,\"error\":\"channel_not_found\"}");
            assertThat(sink.failure(POST)).isEqualTo("rejected");
            chat.say(200, Map.of(), "<html>");
            assertThat(sink.failure(POST)).isEqualTo("unknown_outcome");
            chat.say(200, Map.of(), "{\"ok\":true}");
            assertThat(sink.failure(POST)).isEqualTo("unknown_outcome");
            chat.say(500, Map.of(), "");
            assertThat(sink.failure(POST)).isEqualTo("unknown_outcome");
            chat.say(302, Map.of("Location", "http://127.0.0.1:1/"), "");
            assertThat(sink.failure(POST)).isEqualTo("rejected");
        }
    }

    @Test
    void a_secret_that_is_none_goes_nowhere() {
        try (HeardHttp chat = new HeardHttp();
                SinkUnderTest hook = sink(chat.url("/services/"), Optional.empty(), "../../admin?x");
                SinkUnderTest method = sink(chat.url("/api"), Optional.of("C1"), "a\r\nX-Evil: 1")) {
            assertThat(hook.failure(POST)).isEqualTo("unsupported");
            assertThat(method.failure(POST)).isEqualTo("unsupported");
            assertThat(chat.heard()).isEmpty();
        }
        Stream.of("http://chat.example/", "https://u:p@chat.example/", "https://chat.example/x")
                .forEach(url -> assertThatThrownBy(() -> new ChatConfig(URI.create(url), Optional.empty()))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
