package org.gristmill.sources.html;

import java.util.List;
import java.util.Optional;

/**
 * A saved page with what people said of it.
 *
 * @param set the collection it is from
 * @param id its name there
 * @param type what the collection calls it, empty if nothing
 * @param site registrable domain: pages of one site are never both learned from and tested on
 * @param truth the main content, if somebody wrote it down
 * @param with snippets that belong to it
 * @param without snippets that do not
 */
record LabPage(
    String set,
    String id,
    String type,
    String site,
    String html,
    Optional<String> truth,
    List<String> with,
    List<String> without) {}
