// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.House;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Finds names that mean nothing outside: internal hosts, and ids of records by their forms.
final class Internals {
    /// Endings that no public name has: RFC 6762, RFC 6761, ICANN's `.internal`, and what companies use.
    private static final List<String> ENDINGS =
            List.of(".internal", ".local", ".localdomain", ".corp", ".lan", ".intranet", ".home.arpa", ".svc");

    private static final Pattern PRIVATE =
            Pattern.compile("(10|127)(\\.\\d{1,3}){3}|(192\\.168|169\\.254|172\\.(1[6-9]|2\\d|3[01]))(\\.\\d{1,3}){2}");
    private static final int HOST_CHARS_MAX = 253;

    /// One place, in the text that was read.
    record Place(int start, int end, String rule) {}

    private Internals() {}

    static List<Place> in(String text, House house) {
        List<Place> found = new ArrayList<>();
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            host(text, dot, house, found);
        }
        for (String form : house.ids()) {
            ids(text, form, found);
        }
        return found;
    }

    /// The name whose first dot stands at `dot`.
    private static void host(String text, int dot, House house, List<Place> found) {
        int start = dot;
        while (start > 0 && isName(text.charAt(start - 1)) && dot - start < HOST_CHARS_MAX) {
            start--;
        }
        int end = dot;
        while (end < text.length()
                && (isName(text.charAt(end)) || text.charAt(end) == '.')
                && end - start < HOST_CHARS_MAX) {
            end++;
        }
        while (end > dot && text.charAt(end - 1) == '.') {
            end--;
        }
        boolean first = start == 0 || text.charAt(start - 1) != '.';
        if (!first || start == dot || end <= dot) {
            return;
        }
        String name = text.substring(start, end).toLowerCase(Locale.ROOT);
        boolean inside = isPrivate(name)
                || ENDINGS.stream().anyMatch(name::endsWith)
                || house.hosts().stream().anyMatch(host -> name.equals(host) || name.endsWith("." + host));
        if (inside) {
            found.add(new Place(start, end, "internal-host"));
        }
    }

    /// RFC 1918, RFC 3927, and the node itself.
    static boolean isPrivate(String address) {
        return PRIVATE.matcher(address).matches();
    }

    private static boolean isName(char letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_');
    }

    private static void ids(String text, String form, List<Place> found) {
        int fixed = 0;
        while (fixed < form.length() && form.charAt(fixed) != '#' && form.charAt(fixed) != '@') {
            fixed++;
        }
        int at = text.indexOf(form.substring(0, fixed));
        while (at >= 0) {
            int end = at + form.length();
            boolean whole = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && end <= text.length()
                    && fits(text, at, form)
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (whole) {
                found.add(new Place(at, end, "record-id"));
            }
            at = text.indexOf(form.substring(0, fixed), at + 1);
        }
    }

    private static boolean fits(String text, int at, String form) {
        for (int index = 0; index < form.length(); index++) {
            char letter = text.charAt(at + index);
            boolean fits = switch (form.charAt(index)) {
                case '#' -> letter >= '0' && letter <= '9';
                case '@' -> Character.isLetter(letter);
                default -> letter == form.charAt(index);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
