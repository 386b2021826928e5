/** Reads YAML that nobody has approved yet: no aliases, no tags, no duplicate keys, bounded in depth and size. */
@NullMarked
package io.strongroom.policies.yaml;

import org.jspecify.annotations.NullMarked;
