"""click in Chinese: help pages and messages about wrong usage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from generator.model.problems import suggestion

_SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}
_CONTEXT: Mapping[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Formatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：banfa …"""
        words = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
        super().write_usage(prog, words, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading of a section."""
        self.write(f"{'':>{self.current_indent}}{_SECTIONS.get(heading, heading)}：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options, each with what it is for."""
        told = [(option, words.replace("  [required]", "（必填）")) for option, words in rows]
        super().write_dl(told, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class ChineseCommand(click.Command):
    """A command whose help is in Chinese."""

    context_class = _Context

    def __init__(self, *args: Any, **attributes: Any) -> None:
        attributes.setdefault("context_settings", dict(_CONTEXT))
        super().__init__(*args, **attributes)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As ever; click's own parser does not say which command a mistake was made in."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help with a Chinese explanation."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示帮助。"
        return option


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands whose help is in Chinese."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name, else the nearest one is proposed."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            names = self.list_commands(ctx)
            hint = suggestion(name, names) or f"；可用的命令：{'、'.join(names)}。"
            raise click.UsageError(f"没有命令 “{name}”{hint}", ctx)
        return super().resolve_command(ctx, args)


def usage_message(error: click.UsageError) -> str:
    """What is wrong with a command line, and where to read on."""
    path = error.ctx.command_path if error.ctx else "banfa"
    if error.ctx and error.message == error.ctx.get_help():
        return error.message
    return f"{_what(error)}\n用 {path} --help 查看用法。"


def _what(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        hint = suggestion(error.option_name, _options(error)) or "。"
        return f"没有选项 “{error.option_name}”{hint}"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_name(error) or '参数'}。"
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"{_name(error)}应为 {'、'.join(map(str, kind.choices))} 之一。"
        if isinstance(kind, click.IntRange):
            return f"{_name(error)}应为 {kind.min} 至 {kind.max} 的整数。"
        if isinstance(kind, click.Path):
            return f"{_name(error)}应为目录，不能是文件。"
        return f"{_name(error)}的值无效。"
    if isinstance(error, click.BadOptionUsage):
        lacking = "requires" in error.message
        return f"选项 “{error.option_name}” {'缺少值' if lacking else '后面不带值'}。"
    if error.message.startswith("Got unexpected extra argument"):
        return "参数太多了。"
    if error.message.startswith("Missing command"):
        return "缺少命令。"
    return error.message


def _options(error: click.UsageError) -> list[str]:
    parameters = error.ctx.command.params if error.ctx else []
    return [name for parameter in parameters for name in parameter.opts]


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return ""
    if isinstance(parameter, click.Argument):
        return f"参数“{parameter.metavar or parameter.name}”"
    return f"选项 “{parameter.opts[-1]}” "
