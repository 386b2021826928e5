package io.strongroom.policies.bundle;

import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.key.VerifyingKey;
import io.strongroom.policies.bundle.Bundle.NamedOfficer;
import io.strongroom.policies.yaml.YamlFile;
import io.strongroom.policies.yaml.YamlFile.Entry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads officers.yaml, and sees to it that those whom it names can approve something. */
final class OfficerReader {
    private OfficerReader() {}

    static List<NamedOfficer> read(YamlFile file) {
        List<NamedOfficer> officers = new ArrayList<>();
        Set<PersonId> people = new HashSet<>();
        Set<VerifyingKey> taken = new HashSet<>();
        boolean sound = true;
        for (Entry entry : file.root().entries("officers")) {
            if (!entry.isSound()) {
                sound = false;
                continue;
            }
            PersonId person = new PersonId(entry.text("officer"));
            if (!people.add(person)) {
                sound = false;
                entry.fault(entry.line(), person + " is named twice", "name each once, with all keys");
            }
            officers.add(new NamedOfficer(person, Set.copyOf(entry.texts("roles")), keys(entry, person, taken)));
        }
        if (sound && !canApprove(officers)) {
            file.root()
                    .fault(
                            1,
                            "no two of these officers have different roles",
                            "name two at least, so that devices can believe an approval");
        }
        return officers;
    }

    private static List<VerifyingKey> keys(Entry entry, PersonId person, Set<VerifyingKey> taken) {
        List<VerifyingKey> keys = new ArrayList<>();
        List<String> texts = entry.texts("keys");
        for (int i = 0; i < texts.size(); i++) {
            int line = entry.line("keys", i);
            try {
                Officer officer = new Officer(
                        person, VerifyingKey.ofSpki(Base64.getDecoder().decode(texts.get(i))));
                if (!taken.add(officer.key())) {
                    entry.fault(line, "the key stands here twice", "a key belongs to one officer, and is named once");
                }
                keys.add(officer.key());
            } catch (IllegalArgumentException e) {
                entry.fault(
                        line,
                        "the key is none (" + e.getMessage() + ")",
                        "Ed25519, its SubjectPublicKeyInfo in base64, as the list of officers' keys shows it");
            }
        }
        return keys;
    }

    private static boolean canApprove(List<NamedOfficer> officers) {
        return officers.stream().anyMatch(one -> officers.stream()
                .anyMatch(other -> !one.id().equals(other.id())
                        && one.roles().stream()
                                .anyMatch(role -> other.roles().stream().anyMatch(each -> !each.equals(role)))));
    }
}
