package io.strongroom.policies.detect;

import java.util.function.Predicate;

/**
 * A country's national id: how it is written, and its check. In a form, {@code D} is a digit, {@code L} a letter,
 * {@code X} a digit or letter, {@code ?} says that the character before it may be missing, and anything else is itself.
 */
enum NationalId {
    /** Register number: birth date, serial, 97 minus the remainder modulo 97 (with a 2 before it from 2000 on). */
    BE("DD.?DD.?DD-?DDD.?DD", NationalId::belgian),
    /** AHV number, with EAN-13's check digit; 756 is the country. */
    CH("756.DDDD.DDDD.DD", NationalId::ean13),
    /** Tax id: eleven digits, ISO 7064 MOD 11,10, one digit of the first ten twice or three times. */
    DE("DD ?DDD ?DDD ?DDD", NationalId::german),
    /** DNI and NIE: the letter is the remainder modulo 23. */
    ES("XDDDDDDD-?L", NationalId::spanish),
    /** Personal identity code: birth date, century, serial, check character modulo 31. */
    FI("DDDDDD-DDDX", NationalId::finnish),
    /** Social security number: 13 characters and 97 minus the remainder modulo 97. */
    FR("D ?DD ?DD ?XX ?DDD ?DDD ?DD", NationalId::french),
    /** National insurance number: its letters are of a certain set. */
    GB("LL ?DD ?DD ?DD ?L", NationalId::british),
    /** Codice fiscale with its check letter. */
    IT("LLLLLLXXLXXLXXXL", NationalId::italian),
    /** BSN: nine digits that pass the eleven test. One number of nine digits in eleven does. */
    NL("DDDDDDDDD", NationalId::dutch),
    /** PESEL: birth date, serial, weighted check digit. */
    PL("DDDDDDDDDDD", NationalId::polish),
    /** Personal number: birth date, separator, serial, Luhn. */
    SE("D?D?DDDDDD-DDDD", NationalId::swedish),
    /** Social security number, written with its dashes; no check digit, some areas never given. */
    US("DDD-DD-DDDD", NationalId::american);

    private final String form;
    private final Predicate<String> check;

    /** Bit n: it can begin with n letters and digits, and then something else. */
    private final int firstRuns;

    NationalId(String form, Predicate<String> check) {
        this.form = form;
        this.check = check;
        this.firstRuns = firstRuns(form, 0, 0);
    }

    private static int firstRuns(String form, int at, int run) {
        if (at == form.length()) {
            return 1 << run;
        }
        boolean optional = at + 1 < form.length() && form.charAt(at + 1) == '?';
        boolean word = "DLX0123456789".indexOf(form.charAt(at)) >= 0;
        int next = at + (optional ? 2 : 1);
        int with = word ? firstRuns(form, next, run + 1) : 1 << run;
        return optional ? with | firstRuns(form, next, run) : with;
    }

    /** Whether one can begin with {@code run} letters and digits; asked first, because it tells nearly all apart. */
    boolean canBeginWith(int run) {
        return run < Integer.SIZE && (firstRuns & 1 << run) != 0;
    }

    /** Whether one is written at {@code at}, where a word begins, up to the end of a word. */
    boolean isAt(Text text, int at) {
        return matches(text, at, 0, at);
    }

    private boolean matches(Text text, int at, int inForm, int start) {
        if (inForm == form.length()) {
            return !text.isWord(at)
                    && !(text.at(at) == '-' && text.isDigit(at + 1))
                    && check.test(lettersAndDigits(text, start, at));
        }
        char wanted = form.charAt(inForm);
        boolean optional = inForm + 1 < form.length() && form.charAt(inForm + 1) == '?';
        int next = inForm + (optional ? 2 : 1);
        return fits(wanted, text, at) && matches(text, at + 1, next, start)
                || optional && matches(text, at, next, start);
    }

    /** What the check is about: without what stands between, upper case. */
    private static String lettersAndDigits(Text text, int from, int to) {
        StringBuilder found = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            if (text.isDigit(i)) {
                found.append((char) text.at(i));
            } else if (text.isLetter(i)) {
                found.append((char) (text.at(i) & ~0x20));
            }
        }
        return found.toString();
    }

    private static boolean fits(char wanted, Text text, int at) {
        return switch (wanted) {
            case 'D' -> text.isDigit(at);
            case 'L' -> text.isLetter(at);
            case 'X' -> text.isDigit(at) || text.isLetter(at);
            default -> text.at(at) == wanted;
        };
    }

    // --- Checks

    private static boolean belgian(String id) {
        long number = Long.parseLong(id.substring(0, 9));
        long check = Long.parseLong(id.substring(9));
        return isDate(id.substring(2, 4), id.substring(4, 6))
                && (97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check);
    }

    private static boolean ean13(String id) {
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += digit(id, i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    private static boolean german(String id) {
        int product = 10;
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[digit(id, i)]++;
            int sum = (digit(id, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        int repeated = 0;
        for (int count : counts) {
            repeated += count > 1 ? 1 : 0;
            if (count > 3) {
                return false;
            }
        }
        return digit(id, 0) != 0 && repeated == 1 && (11 - product) % 10 == digit(id, 10);
    }

    private static boolean spanish(String id) {
        int lead = "XYZ".indexOf(id.charAt(0));
        if (lead < 0 && !Character.isDigit(id.charAt(0))) {
            return false;
        }
        int number = Integer.parseInt((lead < 0 ? id.substring(0, 1) : lead) + id.substring(1, 8));
        return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == id.charAt(8);
    }

    private static boolean finnish(String id) {
        long number = Long.parseLong(id.substring(0, 9));
        return isDate(id.substring(2, 4), id.substring(0, 2))
                && "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (number % 31)) == id.charAt(9);
    }

    private static boolean french(String id) {
        String department = id.substring(5, 7);
        String number =
                switch (department) {
                    case "2A" -> id.substring(0, 5) + "19" + id.substring(7, 13);
                    case "2B" -> id.substring(0, 5) + "18" + id.substring(7, 13);
                    default -> id.substring(0, 13);
                };
        return (id.charAt(0) == '1' || id.charAt(0) == '2')
                && number.chars().allMatch(Character::isDigit)
                && 97 - Long.parseLong(number) % 97 == Long.parseLong(id.substring(13));
    }

    private static boolean british(String id) {
        return "DFIQUV".indexOf(id.charAt(0)) < 0
                && "DFIOQUV".indexOf(id.charAt(1)) < 0
                && "ABCD".indexOf(id.charAt(8)) >= 0;
    }

    private static boolean italian(String id) {
        int[] odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = id.charAt(i);
            int value = Character.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return 'A' + sum % 26 == id.charAt(15);
    }

    private static boolean dutch(String id) {
        int sum = -digit(id, 8);
        for (int i = 0; i < 8; i++) {
            sum += (9 - i) * digit(id, i);
        }
        return sum % 11 == 0 && sum != 0;
    }

    private static boolean polish(String id) {
        int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum += weights[i] * digit(id, i);
        }
        int month = Integer.parseInt(id.substring(2, 4)) % 20;
        return sum % 10 == 0 && isDate(Integer.toString(month), id.substring(4, 6));
    }

    private static boolean swedish(String id) {
        String ten = id.substring(id.length() - 10);
        int day = Integer.parseInt(ten.substring(4, 6)) % 60;
        return (id.length() == 10 || id.length() == 12)
                && isDate(ten.substring(2, 4), Integer.toString(day))
                && CardNumberDetector.luhn(ten);
    }

    private static boolean american(String id) {
        String area = id.substring(0, 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !id.startsWith("00", 3)
                && !id.endsWith("0000");
    }

    private static boolean isDate(String month, String day) {
        int m = Integer.parseInt(month);
        int d = Integer.parseInt(day);
        return m >= 1 && m <= 12 && d >= 1 && d <= 31;
    }

    private static int digit(String id, int at) {
        return id.charAt(at) - '0';
    }
}
