// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.connectors.HeardHttp;
import dev.tollgate.connectors.SinkUnderTest;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class WebhookDoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:00:00Z"));
    private static final Map<String, Value> EVENT =
            Map.of("kind", Value.of("pipeline-reviewed"), "summary", Value.of("zwölf \"deals\"\n</script>"));

    private static SinkUnderTest sink(URI url) {
        return sink("hook", url);
    }

    private static SinkUnderTest sink(String system, URI url) {
        WebhookDoor door = new WebhookDoor(new WebhookConfig(url), CLOCK, Property.random(7));
        return new SinkUnderTest(system, door, "shared key");
    }

    @Test
    void a_post_is_canonical_json_that_its_receiver_can_check() throws Exception {
        try (HeardHttp partner = new HeardHttp();
                SinkUnderTest sink = sink(partner.url("/in?x=1"))) {
            // When
            String id = sink.sent(EVENT);

            // Then
            HeardHttp.Heard heard = partner.only();
            assertThat(heard.method()).isEqualTo("POST");
            assertThat(heard.path()).isEqualTo("/in?x=1");
            assertThat(heard.body()).isEqualTo("""
                    {"fields":{"kind":"pipeline-reviewed","summary":"zwölf \\"deals\\"\\n</script>"},\
                    "id":"%s","object":"event","sent":"2026-11-21T09:00:00Z"}""".formatted(id));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("shared key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signature = HexFormat.of()
                    .formatHex(mac.doFinal(("1795251600." + heard.body()).getBytes(StandardCharsets.UTF_8)));
            assertThat(heard.header("Tollgate-Signature")).isEqualTo("t=1795251600,v1=" + signature);
            assertThat(heard.header("Tollgate-Id")).isEqualTo(id);
            assertThat(heard.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Requirement("S0-36")
    @Test
    void a_field_that_the_terms_do_not_cover_is_no_part_of_the_payload_whatever_was_decided() {
        Map<String, Value> decided = Map.of(
                "account", Value.of("acc_1"),
                "status", Value.of("active"),
                "billing_email", Value.of("ap@engines.example"),
                "outstanding_balance", Value.of(7),
                "purpose", Value.of("share-account-status"));
        Map<String, Value> other = Map.of("account", Value.of("acc_1"), "purpose", Value.of("sell-data"));
        try (HeardHttp partner = new HeardHttp();
                SinkUnderTest sink = sink("partner", partner.url("/status"))) {
            String _ = sink.sent(decided);

            assertThat(partner.only().body())
                    .contains("{\"account\":\"acc_1\",\"purpose\":\"share-account-status\",\"status\":\"active\"}")
                    .doesNotContain("billing")
                    .doesNotContain("ap@engines.example");
            assertThat(sink.failure(other)).isEqualTo("denied");
            assertThat(sink.failure(Map.of("account", Value.of("acc_1")))).isEqualTo("denied");
            assertThat(partner.heard()).hasSize(1);
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        try (HeardHttp elsewhere = new HeardHttp();
                HeardHttp partner = new HeardHttp();
                SinkUnderTest sink = sink(partner.url("/in"))) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                partner.say(status, Map.of("Location", elsewhere.url("/").toString()), "");
                assertThat(sink.failure(EVENT)).isEqualTo("rejected");
            }
            assertThat(elsewhere.heard()).isEmpty();
        }
    }

    @Test
    void a_receiver_that_says_no_got_nothing_and_one_that_fails_or_is_silent_nobody_knows() {
        try (HeardHttp partner = new HeardHttp();
                SinkUnderTest sink = sink(partner.url("/in"))) {
            partner.say(400, Map.of(), "because of ada@engines.example");
            assertThat(sink.failure(EVENT)).isEqualTo("rejected");
            partner.say(429, Map.of(), "");
            assertThat(sink.failure(EVENT)).isEqualTo("rejected");
            partner.say(503, Map.of(), "");
            assertThat(sink.failure(EVENT)).isEqualTo("unknown_outcome");
            partner.beSilent();
            assertThat(sink.failure(EVENT)).isEqualTo("unknown_outcome");
            assertThat(partner.heard()).hasSize(4);
        }
    }

    @Test
    void a_receiver_that_is_not_there_got_nothing() {
        HeardHttp partner = new HeardHttp();
        URI url = partner.url("/in");
        partner.close();
        try (SinkUnderTest sink = sink(url)) {
            assertThat(sink.failure(EVENT)).isEqualTo("unreachable");
        }
    }

    @Test
    void nothing_is_posted_under_a_token_for_another_event_or_twice_under_one() {
        try (HeardHttp partner = new HeardHttp();
                SinkUnderTest sink = sink(partner.url("/in"))) {
            var meant = sink.message(EVENT);
            var other = sink.message(Map.of("kind", Value.of("accounts-counted"), "summary", Value.of("x")));
            String token = sink.token(meant);

            List<String> ends = Stream.of(sink.send(token, other), sink.send(token, meant), sink.send(token, meant))
                    .map(step -> step.getClass().getSimpleName())
                    .toList();

            assertThat(ends).containsExactly("Refused", "Passed", "Refused");
            assertThat(partner.heard()).hasSize(1);
            assertThat(sink.leases()).isEqualTo(1);
        }
    }

    @Test
    void a_webhook_is_https_and_carries_no_password() {
        Stream.of("http://partner.example/in", "ftp://partner.example", "https://u:p@partner.example/in", "/in")
                .forEach(url -> assertThatThrownBy(() -> new WebhookConfig(URI.create(url)))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
