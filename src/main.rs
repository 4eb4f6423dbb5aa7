//! The program `corsproof`.

fn main() -> std::process::ExitCode {
    corsproof::main()
}
