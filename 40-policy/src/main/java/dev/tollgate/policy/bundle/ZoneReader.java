// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.yaml.ProblemLog;
import dev.tollgate.containment.Zone;
import dev.tollgate.terms.MailAddress;
import dev.tollgate.terms.Operation;
import dev.tollgate.terms.TenantId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `zones.yaml`: zones, the destinations that lie in them, and the mail domains of the house.
final class ZoneReader {
    private static final int TIER_MAX = 9;
    private static final List<String> TRUSTS = List.of("internal", "partner", "sandbox");

    private static final List<String> MARKS =
            Arrays.stream(Zone.Marks.values()).map(Zone.Marks::word).toList();

    private ZoneReader() {}

    static void read(
            ProblemLog problems,
            String file,
            byte[] bytes,
            Map<String, Zone> zones,
            Map<String, Destination> destinations,
            Set<String> domains,
            Map<String, List<String>> dataRegions) {
        Section.of(problems, file, bytes).ifPresent(root -> {
            for (Section section : root.sections("zones")) {
                zone(section).ifPresent(zone -> {
                    if (zones.putIfAbsent(zone.id(), zone) != null) {
                        section.problem("id", "two zones have this id");
                    }
                });
            }
            for (Section section : root.sections("destinations")) {
                destination(section, zones).ifPresent(end -> {
                    boolean twice = end.name().equals(Operation.Target.AGENT)
                            || destinations.putIfAbsent(end.name(), end) != null;
                    if (twice) {
                        section.problem("name", "two destinations have this name");
                    }
                });
            }
            for (String domain : root.texts("internal_domains")) {
                if (MailAddress.parse("a@" + domain).isEmpty()) {
                    root.problem(
                            "internal_domains", "a domain is written `example.com`, without a star or a dot before it");
                }
                domains.add(domain.toLowerCase(Locale.ROOT));
            }
            root.sections("data_regions").forEach(section -> dataRegion(section, dataRegions));
            root.done();
        });
    }

    private static void dataRegion(Section section, Map<String, List<String>> into) {
        Optional<String> data = section.needed("data");
        List<String> compute = section.texts("compute");
        section.require("compute");
        section.done();
        if (compute.contains(Residency.ANYWHERE) && compute.size() > 1) {
            section.problem("compute", "`*` is anywhere: name regions, or it alone");
        }
        data.filter(name -> into.putIfAbsent(name, compute) != null)
                .ifPresent(_ -> section.problem("data", "two lines are for data of this region"));
    }

    private static Optional<Zone> zone(Section section) {
        Optional<String> id = section.needed("id");
        Optional<Integer> tier = section.whole("tier", 1, TIER_MAX);
        section.require("tier");
        Optional<TenantId> tenant = section.text("tenant").map(TenantId::new);
        Optional<String> region = section.needed("region");
        List<String> egress = section.texts("egress");
        List<String> deny = section.texts("deny");
        List<String> model = section.texts("model");
        for (String both : egress) {
            if (deny.contains(both)) {
                section.problem("deny", "`" + both + "` is in `egress` and in `deny`");
            }
        }
        Zone.Marks marks = section.word("spotlight", MARKS)
                .map(word -> Zone.Marks.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Zone.Marks.NONE);
        section.done();
        return id.flatMap(name -> tier.flatMap(
                level -> region.map(place -> new Zone(name, level, tenant, place, egress, deny, model, marks))));
    }

    private static Optional<Destination> destination(Section section, Map<String, Zone> zones) {
        Optional<String> name = section.needed("name");
        Optional<String> kind = section.needed("kind");
        Optional<String> zone = section.needed("zone");
        section.word("zone", zones.keySet());
        Optional<String> trust = section.needed("trust");
        section.word("trust", TRUSTS);
        section.done();
        return name.flatMap(called -> kind.flatMap(
                what -> zone.flatMap(where -> trust.map(how -> new Destination(called, what, where, how)))));
    }
}
