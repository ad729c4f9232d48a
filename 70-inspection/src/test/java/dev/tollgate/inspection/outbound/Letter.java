// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.catalog.States;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.terms.SystemId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// A company and the letters that it writes.
final class Letter {
    static final byte[] KEY = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    static final Fingerprints PRINTS = new Fingerprints(KEY);
    static final Outbound OUTBOUND = new Outbound(new Inspector(), PRINTS);

    static final OutboundRules.Subject REFUND = new OutboundRules.Subject(
            new SystemId("demo"),
            "refund_request",
            "status",
            new States(
                    List.of("refund", "money back", "Rückerstattung", "remboursement", "reembolso", "rimborso"),
                    Map.of(
                            "requested", List.of("requested", "received", "under review"),
                            "approved",
                                    List.of(
                                            "approved",
                                            "approve",
                                            "granted",
                                            "genehmigt",
                                            "approuvé",
                                            "aprobado",
                                            "approvato"),
                            "refused", List.of("refused", "declined"),
                            "paid", List.of("paid", "refunded", "issued", "on its way", "refund you", "remboursé")),
                    Map.of("requested", List.of("approved", "refused"), "approved", List.of("paid"))));
    static final OutboundRules.Subject ORDER = new OutboundRules.Subject(
            new SystemId("demo"),
            "order",
            "status",
            new States(
                    List.of("order", "parcel", "replacement"),
                    Map.of("shipped", List.of("shipped", "on its way"), "cancelled", List.of("cancelled")),
                    Map.of("placed", List.of("shipped", "cancelled"))));
    static final OutboundRules RULES = new OutboundRules(
            List.of(REFUND, ORDER),
            List.of(
                    new RestrictedTerm(RestrictedTerm.Group.PRICING, List.of("PARTNER50", "floor price")),
                    new RestrictedTerm(RestrictedTerm.Group.CONFIDENTIAL, List.of("Project Nightingale")),
                    new RestrictedTerm(RestrictedTerm.Group.COMMITMENT, List.of("we guarantee")),
                    new RestrictedTerm(RestrictedTerm.Group.LEGAL, List.of("legal liability"))),
            new House(
                    List.of("acme.example"),
                    List.of("+49 30 5550100"),
                    List.of("corp.acme.example"),
                    List.of("acc-####")));

    private Letter() {}

    static SequencedMap<String, String> parts(String subject, String body) {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        parts.put("subject", subject);
        parts.put("body", body);
        return parts;
    }

    static OutboundContext refundIs(String... states) {
        return new OutboundContext(Set.of(), Set.of(), Optional.empty(), Map.of(REFUND, Set.of(states)));
    }

    static Set<String> words(String body, OutboundContext context) {
        return words(parts("", body), context);
    }

    static Set<String> words(SequencedMap<String, String> parts, OutboundContext context) {
        return OUTBOUND.read(RULES, parts).findings(context).stream()
                .map(found -> found.kind().word())
                .collect(Collectors.toSet());
    }
}
