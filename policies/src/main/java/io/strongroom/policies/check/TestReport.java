package io.strongroom.policies.check;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.policies.Fault;
import io.strongroom.policies.PolicyBundle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the tests of a bundle went, its own and those that every bundle has to pass.
 *
 * @param bundle the bundle
 * @param cases its own, in the order of files and lines
 * @param faults why it cannot come into force, whatever its own tests say
 * @param warnings what may be meant otherwise than it is written, and keeps it from nothing
 */
public record TestReport(PolicyBundle bundle, List<Case> cases, List<Fault> faults, List<Fault> warnings) {
    public TestReport {
        cases = List.copyOf(cases);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /**
     * How a case went.
     *
     * @param file the file that it stands in
     * @param line counted from 1
     * @param name what it is called
     * @param failures what was decided otherwise than it says; empty if nothing
     */
    public record Case(String file, int line, String name, List<String> failures) {
        public Case {
            failures = List.copyOf(failures);
        }

        /** Whether everything was decided as it says. */
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /** How many cases passed. */
    public long passed() {
        return cases.stream().filter(Case::passed).count();
    }

    /** How many did not. */
    public long failed() {
        return cases.size() - passed();
    }

    /** Whether nothing keeps it from coming into force. */
    public boolean isGood() {
        return failed() == 0 && faults.isEmpty();
    }

    /** For people: what failed, and how many there were. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        Map<String, Integer> passedByFile = new LinkedHashMap<>();
        cases.forEach(test -> passedByFile.merge(test.file(), test.passed() ? 1 : 0, Integer::sum));
        passedByFile.forEach((file, passed) -> {
            List<Case> inFile =
                    cases.stream().filter(test -> test.file().equals(file)).toList();
            boolean whole = passed == inFile.size();
            text.append(whole ? "✔ " : "✘ ").append(file).append(": ");
            text.append(passed).append(" of ").append(inFile.size()).append(" cases passed\n");
            inFile.stream().filter(test -> !test.passed()).forEach(test -> {
                text.append("  ").append(file).append(':').append(test.line());
                text.append(": ").append(test.name()).append('\n');
                test.failures()
                        .forEach(failure -> text.append("    ").append(failure).append('\n'));
            });
        });
        warnings.forEach(fault -> text.append("warning: ").append(fault).append('\n'));
        faults.forEach(fault -> text.append(fault).append('\n'));
        return text.append(
                        cases.isEmpty()
                                ? "the bundle has no tests: add files that end in .test.yaml"
                                : passed() + " passed, " + failed() + " failed")
                .append('\n')
                .toString();
    }

    /** For programs: canonical JSON. */
    public byte[] toJson() {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("bundle").beginObject();
        out.name("digest").string(bundle.digest().toString());
        out.name("name").string(bundle.name());
        out.name("version").string(bundle.version()).endObject();
        out.name("cases").beginArray();
        for (Case test : cases) {
            out.beginObject().name("failures").beginArray();
            test.failures().forEach(out::string);
            out.endArray().name("file").string(test.file());
            out.name("line").integer(test.line());
            out.name("name").string(test.name());
            out.name("passed").bool(test.passed()).endObject();
        }
        out.endArray().name("failed").integer(failed());
        out.name("faults");
        Fault.write(faults, out);
        out.name("passed").integer(passed()).name("warnings");
        Fault.write(warnings, out);
        return out.endObject().toBytes();
    }
}
