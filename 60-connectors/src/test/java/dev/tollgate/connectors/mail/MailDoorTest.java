// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tollgate.connectors.SinkUnderTest;
import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.testing.Property;
import dev.tollgate.terms.testing.Requirement;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MailDoorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T09:00:00Z"));
    private static final MailAddress FROM =
            MailAddress.parse("service@acme.example").orElseThrow();
    private static final ServerSetup FREE = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

    private static Map<String, Value> message(Map<String, Value> changed) {
        Map<String, Value> values = new HashMap<>(Map.of(
                "to", Value.texts(List.of("ada@engines.example")),
                "subject", Value.of("Ihr Fall ist gelöst"),
                "body", Value.of("Guten Tag,\nes ist gelöst.\n.\nIhr Team")));
        values.putAll(changed);
        return values;
    }

    private static SinkUnderTest sink(URI server, Optional<String> user, String password) {
        MailDoor door = new MailDoor(new MailConfig(server, FROM, user), CLOCK, Property.random(7));
        return new SinkUnderTest("mail", door, password);
    }

    private static URI url(GreenMail server) {
        return URI.create("smtp://127.0.0.1:" + server.getSmtp().getPort());
    }

    private static String raw(MimeMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Requirement("S1-24")
    @Test
    void a_mail_arrives_as_it_was_decided_at_everybody_it_names_and_at_nobody_else() throws Exception {
        // Given
        GreenMail server = new GreenMail(FREE);
        server.start();
        try (SinkUnderTest sink = sink(url(server), Optional.empty(), "")) {
            // When
            String id = sink.sent(message(Map.of("cc", Value.texts(List.of("bo@engines.example")))));

            // Then
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(2);
            MimeMessage one = received[0];
            assertThat(one.getMessageID()).isEqualTo(id).endsWith("@acme.example>");
            assertThat(one.getSubject()).isEqualTo("Ihr Fall ist gelöst");
            assertThat(one.getContent().toString().replace("\r\n", "\n"))
                    .isEqualTo("Guten Tag,\nes ist gelöst.\n.\nIhr Team");
            assertThat(Arrays.stream(one.getAllRecipients()).map(Object::toString))
                    .containsExactly("ada@engines.example", "bo@engines.example");
            assertThat(one.getFrom()[0]).hasToString("service@acme.example");
            assertThat(one.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(one.isMimeType("text/plain")).isTrue();
            assertThat(sink.leases()).isZero();
        } finally {
            server.stop();
        }
    }

    @Test
    void no_text_becomes_a_header_a_recipient_or_a_second_mail() throws Exception {
        // Given
        GreenMail server = new GreenMail(FREE);
        server.start();
        String smuggled = String.join(
                "\r\n",
                "hello",
                ".",
                "MAIL FROM:<eve@evil.example>",
                "RCPT TO:<bo@engines.example>",
                "DATA",
                "Subject: two",
                "",
                "two",
                ".",
                "QUIT",
                "");
        try (SinkUnderTest sink = sink(url(server), Optional.empty(), "")) {
            // When
            List<String> refused = Stream.of(
                            message(Map.of("subject", Value.of("a\r\nBcc: eve@evil.example"))),
                            message(Map.of("subject", Value.of("a\nBcc: eve@evil.example"))),
                            message(Map.of("to", Value.texts(List.of("ada@engines.example\r\nBcc: eve@evil.example")))),
                            message(Map.of("to", Value.texts(List.of("Ada <ada@engines.example>")))),
                            message(Map.of("to", Value.texts(List.of("\"ada\"@engines.example")))),
                            message(Map.of("to", Value.texts(List.of("ada(x)@engines.example")))),
                            message(Map.of("to", Value.texts(List.of("all:ada@engines.example;")))),
                            message(Map.of("to", Value.texts(List.of("a@b.example,c@d.example")))),
                            message(Map.of("to", Value.texts(List.of()))))
                    .map(sink::failure)
                    .toList();
            String _ = sink.sent(message(Map.of("body", Value.of(smuggled))));

            // Then
            assertThat(refused).containsOnly("unsupported");
            MimeMessage[] received = server.getReceivedMessages();
            assertThat(received).hasSize(1);
            assertThat(raw(received[0])).contains("MAIL FROM:<eve@evil.example>");
            assertThat(received[0].getAllRecipients()).hasSize(1);
            assertThat(received[0].getHeader("Bcc")).isNull();
        } finally {
            server.stop();
        }
    }

    @Test
    void one_recipient_whom_the_server_refuses_keeps_the_mail_from_all() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(Map.of("RCPT TO:<bo@", "550 no such user"));
                SinkUnderTest sink = sink(server.url(), Optional.empty(), "")) {
            // When
            String failure = sink.failure(
                    message(Map.of("to", Value.texts(List.of("ada@engines.example", "bo@engines.example")))));

            // Then
            assertThat(failure).isEqualTo("rejected");
            assertThat(server.heard()).noneMatch(line -> line.startsWith("DATA"));
        }
    }

    @Test
    void what_was_refused_did_not_leave_and_what_was_not_answered_nobody_knows() throws Exception {
        Map<Map<String, String>, String> ends = Map.of(
                Map.of(".", "554 spam"), "rejected",
                Map.of(".", "451 later"), "rejected",
                Map.of(".", ScriptedSmtp.SILENCE), "unknown_outcome",
                Map.of(".", ScriptedSmtp.HANG_UP), "unknown_outcome",
                Map.of("DATA", "452 full"), "rejected",
                Map.of("DATA", ScriptedSmtp.SILENCE), "unreachable",
                Map.of("RCPT", ScriptedSmtp.HANG_UP), "unreachable",
                Map.of("", ScriptedSmtp.SILENCE), "unreachable",
                Map.of("", "554 closed"), "unreachable");
        for (Map.Entry<Map<String, String>, String> end : ends.entrySet()) {
            try (ScriptedSmtp server = new ScriptedSmtp(end.getKey());
                    SinkUnderTest sink = sink(server.url(), Optional.empty(), "")) {
                assertThat(sink.failure(message(Map.of())))
                        .as(end.getKey().toString())
                        .isEqualTo(end.getValue());
            }
        }
    }

    @Test
    void a_password_opens_the_server_and_a_wrong_one_does_not() {
        GreenMail server = new GreenMail(FREE);
        server.start();
        server.setUser("service@acme.example", "tollgate", "right");
        server.getManagers().getUserManager().setAuthRequired(true);
        try (SinkUnderTest right = sink(url(server), Optional.of("tollgate"), "right");
                SinkUnderTest wrong = sink(url(server), Optional.of("tollgate"), "wrong")) {
            assertThat(wrong.failure(message(Map.of()))).isEqualTo("rejected");
            assertThat(right.sent(message(Map.of()))).isNotEmpty();
            assertThat(right.leases()).isEqualTo(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void nothing_is_said_to_a_server_whose_certificate_nobody_vouches_for() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.start();
        URI url = URI.create("smtps://127.0.0.1:" + server.getSmtps().getPort());
        try (SinkUnderTest sink = sink(url, Optional.empty(), "")) {
            assertThat(sink.failure(message(Map.of()))).isEqualTo("unreachable");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void a_token_sends_one_mail_and_no_other() {
        GreenMail server = new GreenMail(FREE);
        server.start();
        try (SinkUnderTest sink = sink(url(server), Optional.of("tollgate"), "x")) {
            var meant = sink.message(message(Map.of()));
            var other = sink.message(message(Map.of("to", Value.texts(List.of("eve@evil.example")))));

            assertThat(Stream.of(sink.send(sink.token(meant), other), sink.send("no token", meant)))
                    .allSatisfy(step -> assertThat(step).isInstanceOf(Step.Refused.class));
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(sink.leases()).isZero();
        } finally {
            server.stop();
        }
    }

    @Test
    void a_password_never_goes_over_a_bare_wire() {
        assertThatThrownBy(() ->
                        new MailConfig(URI.create("smtp+plain://mail.acme.example"), FROM, Optional.of("tollgate")))
                .hasMessage("a password goes to a mail server over TLS only");
        assertThat(new MailConfig(URI.create("smtp://mail.acme.example"), FROM, Optional.of("tollgate")).upgrades())
                .isTrue();
        Stream.of("http://mail.acme.example", "smtp:mail", "smtp://u:p@mail.acme.example", "smtp://mail/x")
                .forEach(url -> assertThatThrownBy(() -> new MailConfig(URI.create(url), FROM, Optional.empty()))
                        .isInstanceOf(IllegalArgumentException.class));
    }
}
