// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.egress.wire;

import dev.tollgate.containment.Endpoint.Scheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client asks the proxy for.
///
/// @param scheme  sealed for a tunnel, plain for a request
/// @param method  `CONNECT` for a tunnel
/// @param place   where to
/// @param port    the port that it means
/// @param target  path and query as they are sent on; empty for a tunnel
/// @param path    the path alone; empty for a tunnel
/// @param fields  all headers
/// @param framing where the body ends
public record Asked(
        Scheme scheme,
        String method,
        Authority place,
        int port,
        String target,
        String path,
        List<Field> fields,
        Framing framing) {
    /// Headers that end at a proxy (RFC 9110 §7.6.1), and those that this one writes itself.
    private static final Set<String> OURS = Set.of(
            "connection",
            "proxy-connection",
            "proxy-authorization",
            "proxy-authenticate",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "http2-settings",
            "expect",
            "host");

    private static final Pattern START = Pattern.compile("([A-Z]{1,16}) ([!-~]{1,8192}) HTTP/1\\.([01])");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:http)://([^/?#]+)(/[^?#]*)?(\\?[^#]*)?");
    private static final Pattern SEGMENTS = Pattern.compile("(/([A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})*)+");

    /// Escapes that one server takes for a separator, a dot or the end, and the next does not.
    private static final Pattern DOUBTFUL = Pattern.compile("%(?:[01].|2[eEfF]|5[cC]|25|7[fF])|//|/\\.{1,2}(?:/|$)");

    private static final Pattern QUERY = Pattern.compile("\\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*");

    /// A request with one meaning, or why it has none.
    public sealed interface Reading {
        /// One meaning.
        record Clear(Asked asked) implements Reading {}

        /// None.
        ///
        /// @param why one fixed sentence
        record Unclear(String why) implements Reading {}
    }

    public Asked {
        fields = List.copyOf(fields);
    }

    /// Reads a request's head.
    public static Reading of(HeadReader.Read.Head head) {
        Matcher start = START.matcher(head.start());
        if (!start.matches()) {
            return new Reading.Unclear("a request begins with a method, a target and `HTTP/1.1`");
        }
        List<String> hosts = Framing.values(head.fields(), "host");
        if (hosts.size() > 1 || (hosts.isEmpty() && start.group(3).equals("1"))) {
            return new Reading.Unclear("a request has one `Host`");
        }
        if (Framing.values(head.fields(), "proxy-authorization").size() > 1) {
            return new Reading.Unclear("a request has one `Proxy-Authorization`");
        }
        Framing framing = Framing.of(head.fields(), new Framing.None());
        if (framing instanceof Framing.Unclear unclear) {
            return new Reading.Unclear(unclear.why());
        }
        return start.group(1).equals("CONNECT")
                ? tunnel(start.group(2), hosts, head.fields(), framing)
                : plain(start, hosts, head.fields(), framing);
    }

    private static Reading tunnel(String target, List<String> hosts, List<Field> fields, Framing framing) {
        Optional<Authority> place = Authority.of(target).filter(at -> at.port().isPresent());
        if (place.isEmpty()) {
            return new Reading.Unclear("a tunnel goes to a host and a port");
        }
        int port = place.get().port().getAsInt();
        if (!hosts.isEmpty()
                && Authority.of(hosts.getFirst())
                        .filter(at -> at.same(place.get(), port))
                        .isEmpty()) {
            return new Reading.Unclear("`Host` names another place than the request");
        }
        if (!(framing instanceof Framing.None) && !framing.equals(new Framing.Length(0))) {
            return new Reading.Unclear("a tunnel is asked for without a body");
        }
        return new Reading.Clear(
                new Asked(Scheme.HTTPS, "CONNECT", place.get(), port, "", "", fields, new Framing.None()));
    }

    private static Reading plain(Matcher start, List<String> hosts, List<Field> fields, Framing framing) {
        Matcher url = ABSOLUTE.matcher(start.group(2));
        if (!url.matches()) {
            return new Reading.Unclear("a proxy is asked for `http://` and a host, or by CONNECT for a tunnel");
        }
        Optional<Authority> place = Authority.of(url.group(1));
        if (place.isEmpty()) {
            return new Reading.Unclear("a target names a host, and perhaps a port, and nobody's name or password");
        }
        int usual = Scheme.HTTP.port();
        if (!hosts.isEmpty()
                && Authority.of(hosts.getFirst())
                        .filter(at -> at.same(place.get(), usual))
                        .isEmpty()) {
            return new Reading.Unclear("`Host` names another place than the request");
        }
        String path = url.group(2) == null ? "/" : url.group(2);
        String query = url.group(3) == null ? "" : url.group(3);
        if (!SEGMENTS.matcher(path).matches() || DOUBTFUL.matcher(path).find() || !query(query)) {
            return new Reading.Unclear("the path can be read in two ways");
        }
        return new Reading.Clear(new Asked(
                Scheme.HTTP,
                start.group(1),
                place.get(),
                place.get().port().orElse(usual),
                path + query,
                path,
                fields,
                framing));
    }

    private static boolean query(String query) {
        return query.isEmpty() || QUERY.matcher(query).matches();
    }

    /// Whether the client waits to be told to send the body.
    public boolean waits() {
        return Framing.values(fields, "expect").stream()
                .anyMatch(one -> one.toLowerCase(Locale.ROOT).equals("100-continue"));
    }

    /// The head as it goes on: path instead of URL, nothing that was meant for the proxy, and one connection for it.
    public byte[] onward() {
        List<Field> sent = new ArrayList<>();
        sent.add(new Field("host", place.text()));
        sent.addAll(passing(fields));
        framed(sent, framing);
        sent.add(new Field("connection", "close"));
        return HeadReader.bytes(method + " " + target + " HTTP/1.1", sent);
    }

    /// Adds what says where a body ends.
    static void framed(List<Field> fields, Framing framing) {
        switch (framing) {
            case Framing.Length length -> fields.add(new Field("content-length", Long.toString(length.bytes())));
            case Framing.Chunked _ -> fields.add(new Field("transfer-encoding", "chunked"));
            case Framing.None _, Framing.UntilEnd _, Framing.Unclear _ -> {}
        }
    }

    /// Headers without those that end here, and without those that `Connection` says end here.
    static List<Field> passing(List<Field> fields) {
        Set<String> ending = new HashSet<>(OURS);
        for (String value : Framing.values(fields, "connection")) {
            for (String name : value.split(",", -1)) {
                ending.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return fields.stream().filter(field -> !ending.contains(field.name())).toList();
    }
}
