package io.strongroom.policies.check;

import io.strongroom.policies.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A file of tests.
 *
 * @param path in the bundle
 * @param time at which everything is asked
 * @param readers by the name that cases give them
 */
record TestFile(String path, Instant time, Map<String, Caller> readers, List<TestCase> cases) {}
