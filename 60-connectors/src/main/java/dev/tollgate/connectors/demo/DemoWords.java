// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.demo;

import java.util.List;

/// The words that the demo company is made of. Names of people and places are common ones, of companies invented;
/// domains end in `.example` (RFC 2606), phone numbers are of ranges kept for fiction.
final class DemoWords {
    static final List<String> GIVEN = List.of(
            "Ada", "Amir", "Anja", "Bruno", "Carmen", "Chidi", "Clara", "Dmitri", "Elena", "Emil", "Fatima", "Felix",
            "Greta", "Hana", "Hugo", "Ines", "Ivan", "Jana", "Jonas", "Kenji", "Lars", "Leila", "Lucia", "Mateo",
            "Mira", "Nadia", "Noah", "Olga", "Omar", "Paula", "Priya", "Rafael", "Rosa", "Sami", "Sofia", "Tariq",
            "Tessa", "Viktor", "Wen", "Yara");
    static final List<String> FAMILY = List.of(
            "Abbott",
            "Almeida",
            "Becker",
            "Berg",
            "Castro",
            "Chen",
            "Dubois",
            "Eriksen",
            "Fischer",
            "Garcia",
            "Haddad",
            "Hansen",
            "Ivanova",
            "Jansen",
            "Kaur",
            "Keller",
            "Kowalski",
            "Larsen",
            "Lopez",
            "Meyer",
            "Moreau",
            "Nakamura",
            "Novak",
            "Okafor",
            "Olsen",
            "Park",
            "Petrov",
            "Rossi",
            "Santos",
            "Schmidt",
            "Silva",
            "Singh",
            "Tanaka",
            "Torres",
            "Vogel",
            "Walker",
            "Weber",
            "Yilmaz",
            "Zhang",
            "Zimmer");
    static final List<String> FIRM = List.of(
            "Alder",
            "Amber",
            "Anchor",
            "Arbor",
            "Aster",
            "Beacon",
            "Birch",
            "Bluebird",
            "Boreal",
            "Canyon",
            "Cedar",
            "Cobalt",
            "Copper",
            "Coral",
            "Crescent",
            "Delta",
            "Drift",
            "Ember",
            "Falcon",
            "Fjord",
            "Granite",
            "Harbor",
            "Hazel",
            "Heron",
            "Indigo",
            "Juniper",
            "Kestrel",
            "Lantern",
            "Larch",
            "Lumen",
            "Maple",
            "Meridian",
            "Mosaic",
            "Nimbus",
            "Onyx",
            "Orchard",
            "Osprey",
            "Pine",
            "Quartz",
            "Raven",
            "Ridge",
            "Sable",
            "Saffron",
            "Summit",
            "Tidal",
            "Timber",
            "Vale",
            "Vertex",
            "Willow",
            "Zephyr");
    static final List<String> TRADE = List.of(
            "Robotics",
            "Logistics",
            "Foods",
            "Software",
            "Textiles",
            "Energy",
            "Clinics",
            "Analytics",
            "Motors",
            "Press",
            "Marine",
            "Optics",
            "Retail",
            "Systems",
            "Chemicals",
            "Learning",
            "Payments",
            "Farms",
            "Studios",
            "Instruments");
    static final List<String> SUFFIX = List.of("GmbH", "AG", "Inc", "Ltd", "SA", "AB", "BV", "KK");
    static final List<String> INDUSTRY =
            List.of("software", "manufacturing", "retail", "logistics", "healthcare", "finance", "education", "energy");
    static final List<String> BAND = List.of("under 1M", "1M to 10M", "10M to 50M", "50M to 250M", "over 250M");
    static final List<String> JOB = List.of(
            "Head of Operations",
            "IT Director",
            "Purchasing Lead",
            "Chief Financial Officer",
            "Support Engineer",
            "Plant Manager",
            "Data Analyst",
            "Managing Director",
            "Sales Manager",
            "Security Officer");
    static final List<String> DEPARTMENT =
            List.of("operations", "it", "purchasing", "finance", "support", "executive", "sales");
    static final List<String> LANGUAGE = List.of("en", "de", "fr", "es", "it", "nl", "sv", "ja");
    static final List<String> PRODUCT = List.of("gateway", "console", "mobile app", "billing portal", "hardware");
    static final List<String> ITEM = List.of(
            "Edge unit E4",
            "Edge unit E8",
            "Rack kit",
            "Sensor pack (10)",
            "Power supply",
            "Antenna",
            "Spare fan",
            "Cable set",
            "Wall mount",
            "Battery module");
    static final List<String> STREET = List.of(
            "Harbour Street",
            "Mill Lane",
            "Station Road",
            "Lindenweg",
            "Rue du Marché",
            "Calle Mayor",
            "Kungsgatan",
            "Via Roma",
            "Oak Avenue",
            "Bridge Street");
    static final List<String> NEXT_STEP = List.of(
            "Send revised proposal",
            "Book technical workshop",
            "Call the economic buyer",
            "Share security papers",
            "Agree on pilot scope",
            "Confirm delivery dates");
    static final List<String> SUMMARY = List.of(
            "Talked about rollout to a second site; wants a timeline by the end of the month.",
            "Happy with support since the last incident. Asked about the new console.",
            "Compared us with two vendors. Price is not the issue, delivery dates are.",
            "Asked for references in the same industry and for a security questionnaire.",
            "Reviewed open cases; two are solved, one waits for a replacement part.",
            "Introduced the new IT director, who will own the project from now on.");
    static final List<String> CASE_SUBJECT = List.of(
            "Console shows no data since the update",
            "Delivery has not arrived",
            "Invoice shows the wrong address",
            "Edge unit restarts every few hours",
            "How do we add a second site?",
            "Mobile app cannot sign in",
            "Wrong item in the parcel",
            "Need a copy of the last invoice");
    static final List<String> CASE_TEXT = List.of(
            "Since yesterday the dashboard stays empty for everybody in our team. Reloading does not help.",
            "The parcel was due on Monday and the tracking page has not changed since. When will it come?",
            "We moved in spring and the invoice still shows the old street. Please send a corrected one.",
            "The unit in hall three restarts by itself. We swapped the power supply without success.",
            "We open a second site next month. What do we need to order and how long does it take?",
            "After changing my phone the app says that my device is unknown.");
    static final List<String> STEPS = List.of(
            "Sign out, clear the browser's cache, sign in again.",
            "Check the tracking page; if it has not changed for three working days, ask for a trace.",
            "Hold the reset button for ten seconds and wait until the light is steady.",
            "Remove the device under Settings and pair it again.");
    static final List<String> INVESTIGATION = List.of(
            "Same pattern as INC-2291; batch 14 of the power board is suspect, do not tell the customer yet.",
            "Log shows that our own migration dropped the index. Root cause confirmed by engineering.",
            "Carrier lost the pallet in the hub; claim opened, value 12k.",
            "Account was flagged for chargebacks in spring, check with finance before any goodwill.");
    static final List<String> NOTE = List.of(
            "Prefers short mails. Never call before ten.",
            "Would accept 8 % more if delivery is guaranteed; do not open with that.",
            "Their legal team wants our liability cap doubled. Not agreed.",
            "The sponsor may leave in summer, build a second contact.",
            "Went through a divorce this year, go easy on him.",
            "Internal: they are on the list of accounts that may churn.");
    static final List<String> ESCALATION = List.of(
            "Threatens to leave after the third outage; the board was told. Refund of one month offered, not accepted.",
            "Lost a production shift through our update. Lawyers are involved, say nothing about fault.",
            "Data of a second site was shown to the wrong team for an hour. Privacy office informed.");
    static final List<String> ARTICLE = List.of(
            "Reset an edge unit",
            "Read the delivery status",
            "Add a second site",
            "Pair a new phone",
            "Why an invoice can be late",
            "Export reports",
            "Set up single sign-on",
            "Replace a power supply");

    private DemoWords() {}
}
