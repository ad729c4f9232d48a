// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.http;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.PeerCertificate;
import dev.tollgate.terms.Presentation.Scheme;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its one reply. A door calls `reply`, `empty` or `events` exactly once.
public final class Turn {
    /// Longest token: our own have about 1,200 characters.
    private static final int TOKEN_CHARS_MAX = 8_192;

    private static final String BEARER = "Bearer ";
    private static final String DPOP = "DPoP ";

    /// The rate of a body counts only after this, so that a short one may come late.
    private static final Duration RATE_AFTER = Duration.ofSeconds(2);

    private static final int CHUNK_BYTES = 8_192;
    private static final String JSON = "application/json";

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final RequestId id;
    private final HttpLimits limits;
    private final Doors.Misread misread;
    private final InstantSource clock;
    private final Reach reach;

    private @Nullable Credentials credentials;

    Turn(
            Request request,
            Response response,
            Callback callback,
            RequestId id,
            HttpLimits limits,
            Doors.Misread misread,
            InstantSource clock,
            Reach reach) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.id = id;
        this.limits = limits;
        this.misread = misread;
        this.clock = clock;
        this.reach = reach;
    }

    /// The id that the door gave this request.
    public RequestId id() {
        return id;
    }

    /// Tells that this request is about to be refused because its bytes have no single meaning.
    ///
    /// @param why one fixed sentence, without anything of the request
    public void misread(String why) {
        misread.tell(credentials(), id, why);
    }

    /// The HTTP method.
    public String method() {
        return request.getMethod();
    }

    /// The decoded path.
    public String path() {
        return Request.getPathInContext(request);
    }

    /// The address's query as it was sent; nothing when it has none.
    public Optional<String> query() {
        return Optional.ofNullable(request.getHttpURI().getQuery());
    }

    /// All values of a header, in order.
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    /// The value of a header that is there once. Sent twice it is ambiguous and comes back joined by a
    /// line feed, which equals no value that could be meant.
    public Optional<String> header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", values));
    }

    /// What the caller presents to prove who it is (RFC 6750 §2.1, RFC 9449 §7.1): the same object
    /// however often it is asked for. A malformed header proves nothing, and neither does one on a
    /// connection whose certificate is not good any more.
    public Credentials credentials() {
        if (credentials == null) {
            String value = header("Authorization").orElse("");
            credentials = starts(value, DPOP)
                    ? presented(token(value, DPOP), Scheme.DPOP)
                    : presented(token(value, BEARER), Scheme.BEARER);
        }
        return credentials;
    }

    /// The same caller with a token that came in another place than `Authorization`.
    public Credentials credentials(SecretValue token) {
        credentials = presented(Optional.of(token), Scheme.BEARER);
        return credentials;
    }

    private static Optional<SecretValue> token(String value, String scheme) {
        return Optional.of(value)
                .filter(text -> text.length() <= TOKEN_CHARS_MAX && starts(text, scheme))
                .map(text -> SecretValue.of(text.substring(scheme.length()).strip()));
    }

    private static boolean starts(String value, String scheme) {
        return value.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private Credentials presented(Optional<SecretValue> token, Scheme scheme) {
        List<X509Certificate> chain = chain();
        Optional<PeerCertificate> peer =
                chain.isEmpty() ? Optional.empty() : reach.peers().verified(chain);
        Presentation how = new Presentation(scheme, headers("DPoP"), method(), address(), peer);
        if (!chain.isEmpty() && peer.isEmpty()) {
            how.failed(new Presentation.Fault(Presentation.Remedy.TOKEN, "certificate"));
            return new Credentials(Optional.empty(), how);
        }
        return new Credentials(token, how);
    }

    private List<X509Certificate> chain() {
        X509Certificate[] chain =
                request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session
                        ? session.peerCertificates()
                        : null;
        return chain == null ? List.of() : List.of(chain);
    }

    /// The address that the client asked for, without query.
    private String address() {
        String path = request.getHttpURI().getPath();
        return reach.url()
                        .orElseGet(() -> (request.isSecure() ? "https://" : "http://")
                                + header("Host").orElse(""))
                + (path == null ? "" : path);
    }

    /// Whether the body claims to be JSON in UTF-8, uncompressed.
    public boolean carriesJson() {
        String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        String bare = type.split(";", 2)[0].strip();
        boolean plainCharset =
                !type.contains("charset=") || type.replace("\"", "").contains("charset=utf-8");
        return bare.equals(JSON) && plainCharset && header("Content-Encoding").isEmpty();
    }

    /// Reads the body, within the limits. Blocks.
    public Body body() {
        if (request.getLength() > limits.bodyBytesMax()) {
            return new Body.TooLarge();
        }
        Instant began = clock.instant();
        try (InputStream in = Content.Source.asInputStream(request)) {
            ByteArrayOutputStream all =
                    new ByteArrayOutputStream(Math.clamp(request.getLength(), CHUNK_BYTES, limits.bodyBytesMax()));
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                all.write(chunk, 0, read);
                if (all.size() > limits.bodyBytesMax()) {
                    return new Body.TooLarge();
                }
                if (dragging(all.size(), Duration.between(began, clock.instant()))) {
                    return new Body.TooSlow();
                }
            }
            return new Body.Whole(all.toByteArray());
        } catch (IOException | RuntimeException broken) {
            return slow(broken) ? new Body.TooSlow() : new Body.Broken();
        }
    }

    // Jetty's own MinimumDataRateHandler counts the bytes of all requests together.
    private boolean dragging(int bytes, Duration took) {
        boolean late = took.compareTo(limits.bodyWithin()) > 0;
        boolean slow = took.compareTo(RATE_AFTER) > 0 && bytes * 1_000L < limits.bytesPerSecondMin() * took.toMillis();
        return late || slow;
    }

    private static boolean slow(Throwable broken) {
        for (Throwable at = broken; at != null; at = at.getCause()) {
            if (at instanceof TimeoutException || (at instanceof HttpException http && http.getCode() == 408)) {
                return true;
            }
        }
        return false;
    }

    /// Lets the connection be silent until the reply, for an answer that takes longer than a client may
    /// be silent.
    public void patient() {
        request.addIdleTimeoutListener(_ -> false);
    }

    /// Adds a header to the reply.
    public Turn with(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    /// Adds a header to the reply beside those of the same name.
    public Turn and(String name, String value) {
        response.getHeaders().add(name, value);
        return this;
    }

    /// Closes the connection after the reply: what is left of the request is not worth reading.
    public Turn closing() {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        return this;
    }

    /// Replies with JSON.
    public void reply(int status, ByteBuffer json) {
        reply(status, JSON, json);
    }

    /// Replies.
    public void reply(int status, String type, ByteBuffer body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
        response.write(true, body, callback);
    }

    /// Replies without a body.
    public void empty(int status) {
        response.setStatus(status);
        response.write(true, null, callback);
    }

    /// Replies with a stream of server-sent events that stays open until it is closed.
    public EventStream events() {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        // Tells reverse proxies not to hold events back (MCP 2026-07-28, Streamable HTTP, "Receiving Messages").
        response.getHeaders().put("X-Accel-Buffering", "no");
        return new EventStream(response, callback);
    }

    /// Whether a reply has begun, so that no other can be sent.
    boolean committed() {
        return response.isCommitted();
    }

    /// Gives up: the connection is closed.
    void fail(Throwable broken) {
        callback.failed(broken);
    }
}
