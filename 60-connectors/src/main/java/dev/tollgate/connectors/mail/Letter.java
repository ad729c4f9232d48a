// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.mail;

import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Value;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One mail on its way. Knows whether its text began to leave: before that, nothing was sent.
final class Letter extends MimeMessage {
    private static final Set<String> PARTS = Set.of("to", "cc", "subject", "body", "attachment", "enclosed");

    private final String messageId;
    private final AtomicBoolean leaving = new AtomicBoolean();

    private Letter(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /// The mail of a message. What the contract calls by another name than these does not leave.
    ///
    /// @throws UpstreamBroken `unsupported` when it cannot be said in a mail exactly as it is
    static Letter of(Session session, MailAddress from, String id, Instant sent, Map<String, Value> values) {
        if (!PARTS.containsAll(values.keySet())) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        Letter letter = new Letter(session, "<" + id + "@" + from.host() + ">");
        try {
            letter.setFrom(address(from.text()));
            letter.setRecipients(Message.RecipientType.TO, addresses(values.get("to")));
            letter.setRecipients(Message.RecipientType.CC, addresses(values.get("cc")));
            letter.setSubject(line(values.get("subject")), StandardCharsets.UTF_8.name());
            String body = text(values.get("body"));
            if (values.containsKey("enclosed")) {
                letter.setContent(enclosing(body, text(values.get("enclosed"))));
            } else {
                letter.setText(body, StandardCharsets.UTF_8.name(), "plain");
            }
            letter.setSentDate(Date.from(sent));
            // RFC 3834 §5: nobody's out-of-office answers a machine.
            letter.setHeader("Auto-Submitted", "auto-generated");
            letter.saveChanges();
            if (letter.getAllRecipients() == null) {
                throw new UpstreamBroken(Why.UNSUPPORTED);
            }
            return letter;
        } catch (MessagingException _) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
    }

    /// A text and a document, which has a name of its own and no other that anybody could choose.
    private static MimeMultipart enclosing(String body, String document) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(body, StandardCharsets.UTF_8.name(), "plain");
        MimeBodyPart enclosed = new MimeBodyPart();
        enclosed.setText(document, StandardCharsets.UTF_8.name(), "plain");
        enclosed.setFileName("document.txt");
        enclosed.setDisposition(Part.ATTACHMENT);
        return new MimeMultipart(text, enclosed);
    }

    private static Address[] addresses(@Nullable Value value) throws AddressException {
        List<Address> addresses = new ArrayList<>();
        List<Value> items =
                value == null ? List.of() : value instanceof Value.Items(List<Value> all) ? all : List.of(value);
        for (Value item : items) {
            addresses.add(address(text(item)));
        }
        return addresses.toArray(Address[]::new);
    }

    /// Read by two parsers, which must agree on every letter: a recipient is what was decided or nobody.
    private static Address address(String text) throws AddressException {
        InternetAddress address = new InternetAddress(text, true);
        boolean same = text.equals(address.getAddress())
                && address.getPersonal() == null
                && !address.isGroup()
                && MailAddress.parse(text).isPresent();
        if (!same) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return address;
    }

    private static String line(@Nullable Value value) {
        String text = text(value);
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        return text;
    }

    private static String text(@Nullable Value value) {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        throw new UpstreamBroken(Why.UNSUPPORTED);
    }

    String id() {
        return messageId;
    }

    /// Whether some of its text may have left.
    boolean left() {
        return leaving.get();
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException, MessagingException {
        leaving.set(true);
        super.writeTo(out, ignored);
    }
}
