// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.writes;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.tollgate.app.Configuration;
import dev.tollgate.connectors.HeardHttp;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a gateway under test can send to: a real mail server, a partner's webhook and the team's chat, on
/// loopback.
final class Outside implements AutoCloseable {
    private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final HeardHttp partner = new HeardHttp();
    private final HeardHttp chat = new HeardHttp();

    Outside() {
        post.start();
        chat.say(200, java.util.Map.of(), "ok");
    }

    /// One mail as it arrived.
    record Mail(List<String> recipients, String subject, String body, String raw) {}

    HeardHttp partner() {
        return partner;
    }

    HeardHttp chat() {
        return chat;
    }

    /// Mails that arrived: one for each recipient.
    List<Mail> mails() {
        return Arrays.stream(post.getReceivedMessages()).map(Outside::mail).toList();
    }

    private static Mail mail(MimeMessage message) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        try {
            message.writeTo(raw);
            return new Mail(
                    Arrays.stream(message.getAllRecipients())
                            .map(Object::toString)
                            .toList(),
                    message.getSubject(),
                    message.getContent().toString().replace("\r\n", "\n"),
                    raw.toString(StandardCharsets.UTF_8));
        } catch (MessagingException broken) {
            throw new AssertionError(broken);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// The mail server goes away.
    void stopPost() {
        post.stop();
    }

    /// The same configuration with all of it connected.
    Configuration connected(Configuration from) {
        secret(from.data(), "hook", "shared key");
        secret(from.data(), "partner", "agreed key");
        secret(from.data(), "team", "T0/B0/xyz");
        URI mail = URI.create("smtp://127.0.0.1:" + post.getSmtp().getPort());
        return new Configuration(
                from.listen(),
                from.data(),
                from.bundle(),
                from.store(),
                from.secrets(),
                List.of(
                        new Configuration.ConnectedSystem(
                                "mail", "mail", mail, "", "", Optional.of("service@acme.example")),
                        new Configuration.ConnectedSystem("hook", "webhook", partner.url("/in"), "", "hook"),
                        new Configuration.ConnectedSystem("partner", "webhook", partner.url("/status"), "", "partner"),
                        new Configuration.ConnectedSystem("team", "chat", chat.url("/services/"), "", "team")),
                from.demo(),
                from.log(),
                from.telemetry(),
                from.fixtures());
    }

    private static void secret(Path data, String name, String text) {
        Path file = data.resolve("secrets").resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        post.stop();
        partner.close();
        chat.close();
    }
}
