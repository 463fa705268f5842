package org.gristmill.sources.code;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Programming languages by file name; the one table to extend. */
final class ProgrammingLanguages {
  /** What a file is called whose name says nothing. */
  static final String UNKNOWN = "unknown";

  /** A language, then the endings (with a dot) and whole names of its files, in lower case. */
  private static final String[] TABLE = {
    "ada .adb .ads",
    "agda .agda",
    "assembly .asm .s .nasm",
    "awk .awk",
    "batch .bat .cmd",
    "bazel .bzl .bazel build workspace",
    "c .c .h",
    "c# .cs .csx",
    "c++ .cc .cpp .cxx .c++ .hh .hpp .hxx .ipp .inl",
    "clojure .clj .cljs .cljc .edn",
    "cmake .cmake cmakelists.txt",
    "cobol .cob .cbl",
    "coffeescript .coffee",
    "common-lisp .lisp .cl .lsp",
    "coq .gallina",
    "crystal .cr",
    "css .css",
    "csv .csv .tsv",
    "cuda .cu .cuh",
    "cython .pyx .pxd .pxi",
    "d .d .di",
    "dart .dart",
    "diff .diff .patch",
    "dockerfile .dockerfile dockerfile containerfile",
    "elixir .ex .exs",
    "elm .elm",
    "emacs-lisp .el",
    "erlang .erl .hrl",
    "f# .fs .fsi .fsx",
    "fortran .f .f77 .f90 .f95 .f03 .for",
    "glsl .glsl .vert .frag .comp",
    "go .go go.mod",
    "gradle .gradle",
    "graphql .graphql .gql",
    "groovy .groovy jenkinsfile",
    "haskell .hs .lhs",
    "hcl .hcl .tf .tfvars",
    "html .html .htm .xhtml",
    "idris .idr",
    "ini .ini .cfg .properties .editorconfig setup.cfg",
    "java .java",
    "javascript .js .mjs .cjs .jsx",
    "json .json .jsonl .ipynb .geojson",
    "julia .jl",
    "kotlin .kt .kts",
    "latex .tex .sty .bib",
    "lean .lean",
    "less .less",
    "lua .lua",
    "makefile .mk .mak makefile gnumakefile",
    "markdown .md .markdown .mdx readme",
    "matlab .matlab",
    "meson meson.build meson_options.txt",
    "mlir .mlir .ll",
    "nim .nim",
    "nix .nix",
    "objective-c .m .mm",
    "ocaml .ml .mli",
    "pascal .pas .pp .dpr",
    "perl .pl .pm .t",
    "php .php .php5 .phtml",
    "plain-text .txt .text license copying authors changelog notice",
    "powershell .ps1 .psm1 .psd1",
    "prolog .pro .prolog",
    "protobuf .proto",
    "python .py .pyi .pyw sconstruct",
    "r .r .rmd",
    "racket .rkt",
    "restructuredtext .rst",
    "ruby .rb .rake .gemspec rakefile gemfile",
    "rust .rs",
    "scala .scala .sbt .sc",
    "scheme .scm .ss",
    "scss .scss .sass",
    "shell .sh .bash .zsh .ksh .fish configure .bashrc .profile",
    "smalltalk .st",
    "solidity .sol",
    "sql .sql",
    "starlark .star",
    "stata .do .ado",
    "svelte .svelte",
    "swift .swift",
    "systemverilog .sv .svh",
    "tcl .tcl",
    "thrift .thrift",
    "toml .toml cargo.lock",
    "typescript .ts .tsx .mts .cts",
    "verilog .v .vh",
    "vhdl .vhd .vhdl",
    "vim-script .vim .vimrc",
    "visual-basic .vb .bas .vbs",
    "vue .vue",
    "webassembly .wat .wast",
    "xml .xml .xsd .xsl .xslt .svg .pom",
    "yacc .y .yy .l",
    "yaml .yaml .yml",
    "zig .zig"
  };

  private static final Map<String, String> BY_NAME = byName();

  private ProgrammingLanguages() {}

  /** The language of a file by its name, {@link #UNKNOWN} if the name does not say. */
  static String of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String whole = BY_NAME.get(name);
    if (whole != null) {
      return whole;
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? UNKNOWN : BY_NAME.getOrDefault(name.substring(dot), UNKNOWN);
  }

  private static Map<String, String> byName() {
    Map<String, String> byName = new HashMap<>();
    for (String row : TABLE) {
      String[] words = row.split(" ");
      for (int i = 1; i < words.length; i++) {
        if (byName.put(words[i], words[0]) != null) {
          throw new IllegalStateException(words[i] + " stands twice in the table");
        }
      }
    }
    return byName;
  }
}
