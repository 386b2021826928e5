package io.strongroom.policies.detect;

import java.util.HashMap;
import java.util.Map;

/** International bank account numbers (ISO 13616-1): the country's length and the check digits modulo 97. */
final class IbanDetector implements Detector {
    private static final int LEAST = 15;

    /** Country and length, as the registry has them. */
    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
                    + " DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27"
                    + " JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28"
                    + " PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

    private static final Map<String, Integer> LENGTH_BY_COUNTRY = new HashMap<>();

    static {
        for (String entry : LENGTHS.split(" ")) {
            LENGTH_BY_COUNTRY.put(entry.substring(0, 2), Integer.parseInt(entry.substring(2)));
        }
    }

    @Override
    public String what() {
        return "an IBAN";
    }

    @Override
    public boolean mayBeIn(Text text) {
        return text.digits() >= 4 && text.length() >= LEAST;
    }

    @Override
    public boolean isIn(Text text) {
        for (int word = 0; word < text.words(); word++) {
            int i = text.wordBegin(word);
            if (i + LEAST <= text.length()
                    && text.isDigit(i + 2)
                    && text.isLetter(i)
                    && text.isLetter(i + 1)
                    && text.isDigit(i + 3)
                    && isIban(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIban(Text text, int at) {
        String country = "" + (char) (text.at(at) & ~0x20) + (char) (text.at(at + 1) & ~0x20);
        int length = LENGTH_BY_COUNTRY.getOrDefault(country, 0);
        StringBuilder iban = new StringBuilder(length);
        int i = at;
        while (iban.length() < length && (text.isDigit(i) || text.isLetter(i))) {
            iban.append((char) (text.isLetter(i) ? text.at(i) & ~0x20 : text.at(i)));
            i++;
            if (iban.length() < length && (text.at(i) == ' ' || text.at(i) == '-')) {
                i++;
            }
        }
        return length > 0 && iban.length() == length && !text.isWord(i) && mod97(iban) == 1;
    }

    /** ISO 7064 MOD 97-10, the first four characters put behind, a letter as 10 to 35. */
    private static int mod97(CharSequence iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
        }
        return remainder;
    }
}
