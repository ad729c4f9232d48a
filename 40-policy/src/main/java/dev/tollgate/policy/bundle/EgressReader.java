// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.Endpoint;
import dev.tollgate.containment.Endpoint.Scheme;
import dev.tollgate.containment.Zone;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads `egress.yaml`: the places outside that zones let agents' runtimes through to.
final class EgressReader {
    /// More places than a company's agents talk to; each is looked at for every connection.
    private static final int ENDPOINTS_MAX = 500;

    private static final int PORT_MAX = 65_535;
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /// Names in letters, digits, hyphens and dots, and address literals. Others are another name to another resolver.
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*|[a-z0-9]|\\[[0-9a-f:.]{2,45}]");

    /// What a prefix may be made of: nothing that one server reads as another path than the next.
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+/?|/");

    private EgressReader() {}

    static void read(
            ProblemLog problems, String file, byte[] bytes, Map<String, Zone> zones, Map<String, Endpoint> endpoints) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            List<Section> sections = root.sections("endpoints");
            if (sections.size() > ENDPOINTS_MAX) {
                root.problem("endpoints", "a bundle has at most " + ENDPOINTS_MAX + " endpoints");
            }
            for (Section section : sections) {
                endpoint(section).ifPresent(endpoint -> {
                    if (endpoints.putIfAbsent(endpoint.name(), endpoint) != null) {
                        section.problem("name", "two endpoints have this name");
                    }
                });
            }
            root.done();
        });
        for (Zone zone : zones.values()) {
            for (String name : zone.egress()) {
                if (!endpoints.containsKey(name)) {
                    problems.add(
                            Mark.start("zones.yaml"),
                            "the zone `" + zone.id() + "` reaches `" + name + "`, which " + file + " does not have",
                            name,
                            endpoints.keySet());
                }
            }
        }
    }

    private static Optional<Endpoint> endpoint(Section section) {
        Optional<String> name = section.needed("name");
        section.require("url");
        Optional<URI> url = section.made(
                "url",
                "`https://` or `http://`, a host in lower case, and a port when it is not the usual one",
                EgressReader::site);
        List<String> methods = section.words("methods", METHODS);
        List<String> paths = section.texts("paths");
        boolean internal = section.truth("internal");
        section.done();
        if (name.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        Scheme scheme = Scheme.of(url.get().getScheme()).orElseThrow();
        if (!fits(section, scheme, methods, paths)) {
            return Optional.empty();
        }
        String host = url.get().getHost().replace("[", "").replace("]", "");
        int port = url.get().getPort() < 0 ? scheme.port() : url.get().getPort();
        return Optional.of(new Endpoint(name.get(), scheme, host, port, methods, paths, internal));
    }

    private static boolean fits(Section section, Scheme scheme, List<String> methods, List<String> paths) {
        boolean told = !methods.isEmpty() || !paths.isEmpty();
        if (scheme == Scheme.HTTPS && told) {
            section.problem("methods and paths in a tunnel are sealed: nobody can hold an agent to them");
            return false;
        }
        if (scheme == Scheme.HTTP && (methods.isEmpty() || paths.isEmpty())) {
            section.problem("an endpoint in the clear names its `methods` and `paths`");
            return false;
        }
        if (!paths.stream().allMatch(path -> PATH.matcher(path).matches() && !path.contains("/."))) {
            section.problem("paths", "a path is made of letters, digits, `.`, `_`, `~`, `-` and `/`");
            return false;
        }
        return true;
    }

    private static Optional<URI> site(String text) {
        URI url = URI.create(text);
        boolean plain = Scheme.of(String.valueOf(url.getScheme())).isPresent()
                && url.getHost() != null
                && HOST.matcher(url.getHost()).matches()
                && url.getPort() <= PORT_MAX
                && url.getPort() != 0
                && url.getRawUserInfo() == null
                && String.valueOf(url.getRawPath()).isEmpty()
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
        return plain ? Optional.of(url) : Optional.empty();
    }
}
