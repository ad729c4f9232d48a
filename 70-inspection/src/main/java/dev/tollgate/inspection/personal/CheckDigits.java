// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import java.util.Map;

/// Numbers that prove themselves.
final class CheckDigits {
    private static final int MOD = 97;
    private static final int TEN = 10;
    private static final int IBAN_MIN = 15;
    private static final int CPF_LENGTH = 11;
    private static final String DNI = "TRWAGMYFPDXBNJZSQVHLCKE";

    /// Lengths of the IBAN registry.
    private static final Map<String, Integer> IBANS = ibans();

    private CheckDigits() {}

    private static Map<String, Integer> ibans() {
        String registry = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 "
                + "DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 "
                + "GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 "
                + "LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 "
                + "PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
                + "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
        return java.util.Arrays.stream(registry.split(" "))
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        entry -> entry.substring(0, 2), entry -> Integer.valueOf(entry.substring(2))));
    }

    /// ISO/IEC 7812-1 annex B.
    static boolean luhn(CharSequence digits) {
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(digits.length() - 1 - at) - '0';
            int doubled = digit * 2;
            sum += at % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % TEN == 0;
    }

    /// Index after the IBAN (ISO 13616) that begins at `start`, spaces and dashes between its letters
    /// allowed; or -1.
    static int iban(String text, int start) {
        if (start < 0 || Around.wordAt(text, start - 1)) {
            return -1;
        }
        Integer length = IBANS.get(text.substring(start, start + 2));
        if (length == null || length < IBAN_MIN) {
            return -1;
        }
        int[] values = new int[length];
        int end = start;
        int count = 0;
        while (end < text.length() && count < length) {
            char letter = text.charAt(end);
            if (letter >= 'A' && letter <= 'Z') {
                values[count++] = letter - 'A' + TEN;
            } else if (Around.isDigit(letter)) {
                values[count++] = letter - '0';
            } else if ((letter != ' ' && letter != '-') || (end + 1 < text.length() && !Around.wordAt(text, end + 1))) {
                return -1;
            }
            end++;
        }
        if (count < length || Around.wordAt(text, end)) {
            return -1;
        }
        int rest = 0;
        for (int at = 0; at < length; at++) {
            int value = values[(at + 4) % length];
            rest = (value >= TEN ? rest * TEN * TEN + value : rest * TEN + value) % MOD;
        }
        return rest == 1 ? end : -1;
    }

    /// The control letter of Spain's DNI, Real Decreto 1553/2005.
    static boolean dni(int number, char letter) {
        return DNI.charAt(number % DNI.length()) == letter;
    }

    /// The two check digits of Brazil's CPF.
    static boolean cpf(CharSequence digits) {
        if (digits.length() != CPF_LENGTH || digits.chars().distinct().count() == 1) {
            return false;
        }
        for (int check = CPF_LENGTH - 2; check < CPF_LENGTH; check++) {
            int sum = 0;
            for (int at = 0; at < check; at++) {
                sum += (digits.charAt(at) - '0') * (check + 1 - at);
            }
            if (sum * TEN % CPF_LENGTH % TEN != digits.charAt(check) - '0') {
                return false;
            }
        }
        return true;
    }
}
