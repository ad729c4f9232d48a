// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The head of a server's answer to a plain request.
///
/// @param status  200 to 599; interim answers are not kept
/// @param reason  its words
/// @param fields  all headers
/// @param framing where the body ends
public record Replied(int status, String reason, List<Field> fields, Framing framing) {
    private static final Pattern START = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])(?: ([ -~]{0,200}))?");
    private static final int INTERIM_MAX = 200;
    private static final int SWITCHING = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    public Replied {
        fields = List.copyOf(fields);
    }

    /// Whether a head is an interim answer, which another follows.
    public static boolean interim(HeadReader.Read.Head head) {
        Matcher start = START.matcher(head.start());
        return start.matches()
                && Integer.parseInt(start.group(1)) < INTERIM_MAX
                && Integer.parseInt(start.group(1)) != SWITCHING;
    }

    /// Reads an answer's head; nothing when it is none that a proxy can pass on.
    ///
    /// @param method of the request: the answer to `HEAD` has no body, whatever it says
    public static Optional<Replied> of(HeadReader.Read.Head head, String method) {
        Matcher start = START.matcher(head.start());
        if (!start.matches()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(start.group(1));
        Framing said = Framing.of(head.fields(), new Framing.UntilEnd());
        if (status < INTERIM_MAX || said instanceof Framing.Unclear) {
            return Optional.empty();
        }
        boolean bare = method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED;
        String reason = start.group(2) == null ? "" : start.group(2);
        return Optional.of(new Replied(status, reason, head.fields(), bare ? new Framing.None() : said));
    }

    /// The head as it goes to the client, on a connection that ends behind it.
    public byte[] onward() {
        List<Field> sent = new ArrayList<>(Asked.passing(fields));
        Asked.framed(sent, framing);
        if (framing instanceof Framing.None) {
            Framing.values(fields, "content-length").stream()
                    .limit(1)
                    .forEach(length -> sent.add(new Field("content-length", length)));
        }
        sent.add(new Field("connection", "close"));
        return HeadReader.bytes("HTTP/1.1 " + status + " " + reason, sent);
    }
}
